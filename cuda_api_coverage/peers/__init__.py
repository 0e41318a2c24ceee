"""What other projects publish about their own support of CUDA, as data with source and date, in our families."""
