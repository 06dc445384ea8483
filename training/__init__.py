"""The recipe of the starter packages: text in, `.argosmodel` out. Needs its own requirements.txt; see README.md."""
