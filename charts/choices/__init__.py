"""Several answers, rankings and the net promoter score as charts."""
