-- The gateway's own books. Amounts are minor units; times are UTC with a fixed width, so that they sort as text.
-- Nothing here may hold a card number or a security code: the engine is never given one.

CREATE TABLE account ( -- a payment, as the gateway knows it
    payment   TEXT PRIMARY KEY, -- the merchant's reference
    id        TEXT NOT NULL UNIQUE,
    currency  TEXT NOT NULL,
    opened_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE call ( -- every call that the gateway saw
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    key     TEXT NOT NULL, -- idempotency key
    payment TEXT NOT NULL,
    body    TEXT NOT NULL, -- what was asked: the same key may only ask the same again
    code    TEXT NOT NULL,
    rule    TEXT NOT NULL,
    kept    INTEGER NOT NULL CHECK (kept IN (0, 1)) -- the answer is given again under this key
) STRICT;
CREATE INDEX call_by_key ON call (key, kept);
CREATE INDEX call_by_payment ON call (payment);

CREATE TABLE fact ( -- what the gateway did, or refused
    seq      INTEGER PRIMARY KEY,
    call     INTEGER NOT NULL REFERENCES call,
    payment  TEXT NOT NULL REFERENCES account,
    action   TEXT NOT NULL UNIQUE,
    at       TEXT NOT NULL,
    key      TEXT NOT NULL,
    event    TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount >= 0),
    released INTEGER NOT NULL CHECK (released >= 0),
    refund   TEXT NOT NULL,
    code     TEXT NOT NULL
) STRICT;
CREATE INDEX fact_by_payment ON fact (payment);
CREATE INDEX fact_by_call ON fact (call);

CREATE TABLE fault ( -- what the operator told it to do wrong
    operation TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    times     INTEGER NOT NULL CHECK (times > 0) -- how many calls are left
) STRICT, WITHOUT ROWID;
