"""Questions of several answers, rankings and the net promoter score."""
