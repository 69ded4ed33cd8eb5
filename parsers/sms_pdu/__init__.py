"""Decodes SMS as handsets and cards store them: the octets of 3GPP TS 23.040, in the alphabets of TS 23.038.

Shared by every format that holds such octets (lines of hexadecimal, AT dumps, SIM files). It knows records and clocks,
and no file format.
"""

from __future__ import annotations
