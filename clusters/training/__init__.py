"""The public pages of training: the list of programmes, a programme's page, and how many people are trained."""
