"""What a QC group works on: a project of ten steps, what each step needs as evidence, and its review before the jury."""
