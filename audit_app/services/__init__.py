"""One module per job a person does, without Qt and without SQL."""
