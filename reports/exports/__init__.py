"""What leaves the house as a file: the tables and figures of one page, and nothing else."""
