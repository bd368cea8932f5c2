"""Cross tables: rows by columns of any grouping, with letters that tell the columns apart."""
