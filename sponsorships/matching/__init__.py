"""The search for something to support: rank chairs and activities for a visitor's wish, with reasons for and against.

`criteria` holds the wish, `offers` the chairs and activities, `scoring` compares them, `ranking` sorts them. Nothing is
stored. docs/matching.md.
"""
