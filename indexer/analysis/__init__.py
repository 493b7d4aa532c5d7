"""Text to tokens, in one place, so that both engines see the same words.

A text passes three stations. It is *folded* (:mod:`~indexer.analysis.fold`): width, case, script
and look-alike code points become one form, character by character, so that any part of a text folds
to the same part of the fold, and every folded character knows where it came from. It is cut into
*views* (:mod:`~indexer.analysis.views`): ``words`` for ranking by meaning, ``bigrams`` for ranking
by neighbourhood, ``chars`` for finding every literal run. And a whole record or question is put
together by the *analyzer* (:mod:`~indexer.analysis.analyzer`), the only thing other rooms call.

Words alone lose text: of random verbatim runs of Chinese laws, a phrase search over jieba's tokens
misses about half. That is why matching is done on ``chars`` and only ranking on ``words``.
"""
