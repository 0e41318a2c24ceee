"""AMD GPUs: facts of each processor, lowering of portable IR, emission of linked code objects."""
