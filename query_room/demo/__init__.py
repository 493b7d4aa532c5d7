"""The sample archive: official papers of 栖川市临岚区, a district that does not exist.

Every text is ours and every name, number and place is made up: fonds L001 to L066 of one district
from 1952 (still 临岚县) to 2025, with communes that became townships and towns, agencies that were
merged and renamed, and factories that changed hands. The papers stand in ``texts/`` as manuscripts
that a person can read; the layouts turn them into the kinds of files an archive receives.
"""
