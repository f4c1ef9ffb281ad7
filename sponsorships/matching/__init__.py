"""What do you want to support? Ranks chairs and activities for a wish, each with true reasons and misses.

`wishes` is what was asked, `offers` what there is, `judging` compares the two. Nothing is stored. docs/matching.md.
"""
