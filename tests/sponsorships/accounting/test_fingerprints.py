"""A check of the whole ledger writes what it hashes directly: the same text, whatever an entry says."""

import pytest

from sponsorships.accounting.hash_chain import START, hash_of
from sponsorships.accounting.whole_ledger import Entry

NUMBER = "3f1e2d3c-0000-4000-8000-0123456789ab"
ENTRY = Entry(
    sponsorship_id=7,
    instalment_id=None,
    previous_hash=START,
    hash="",
    cents=120_050,
    sponsorship=NUMBER,
    position=2,
    kind="received",
    contribution="cash",
    amount="1200.50",
    effective_on="2026-03-04",
    recorded_at="2026-03-04T10:11:12Z",
    act=NUMBER,
    line=1,
    activity=None,
    agreement=None,
    instalment=None,
    reverses=None,
    reference="",
    method="",
    vat_rate=None,
    vat=None,
)


@pytest.mark.each_case
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"activity": 12, "agreement": 1, "instalment": 3, "reverses": 1},
        {"vat_rate": "20.0", "vat": "240.10"},
        {"vat_rate": "0.0", "vat": "0.00"},
        {"reference": 'Réf. "7\\8"\n\u2028 – 𝄞 </script>'},
        # What somebody wrote into the table: a name that would end early, and what is no text.
        {"kind": 'received","line":2,"method":"x'},
        {"reference": 12},
        {"method": None},
    ],
)
def test_the_text_is_that_of_a_single_entry(said):
    entry, previous = ENTRY._replace(**said), "ab" * 32
    assert entry.hash_after(previous) == hash_of(entry.content(), previous)
    assert entry.hash_after(previous) != entry.hash_after(START)
    assert not said or entry.hash_after(previous) != ENTRY.hash_after(previous)


def test_it_is_the_hash_of_every_field_in_the_order_of_the_alphabet():
    """Worked out elsewhere, with `printf '…' | sha256sum`."""
    assert ENTRY.hash_after(START) == "61909c16fd3f26b431332325f965878230a5b8d87a514b1183b8f266f5f42c26"
