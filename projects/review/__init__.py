"""The review before the jury: what a QC project says, held against what T/CAQ 10201 asks of its ten steps."""
