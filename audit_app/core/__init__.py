"""What the words of the product mean: plain values and pure rules, standard library only."""
