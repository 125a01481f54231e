"""The geometry of the charts that are drawn as SVG: coordinates and words, no markup."""
