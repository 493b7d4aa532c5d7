"""From our questions to expressions, and from what an engine finds to our answers.

One way for every engine: an adapter only evaluates expressions. So the same questions have the same
answers, and a promise is kept in one place.
"""
