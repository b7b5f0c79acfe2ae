-- What a gateway keeps beyond a payment's sums: means of payment, mandates, and what has begun and not ended.
-- Of a card there is no more than its brand, its last four digits and its expiry: enough to know a test card by.

ALTER TABLE account ADD COLUMN method TEXT NOT NULL DEFAULT 'card';
ALTER TABLE account ADD COLUMN instrument TEXT NOT NULL DEFAULT ''; -- what it is paid with, for a later try

CREATE TABLE fact2 ( -- what the gateway did, or refused, or was told by the customer's bank
    seq      INTEGER PRIMARY KEY,
    call     INTEGER REFERENCES call, -- none: the customer, the operator or a timer did it
    payment  TEXT NOT NULL REFERENCES account,
    action   TEXT NOT NULL UNIQUE,
    at       TEXT NOT NULL,
    key      TEXT NOT NULL,
    event    TEXT NOT NULL,
    amount   INTEGER NOT NULL CHECK (amount >= 0),
    released INTEGER NOT NULL CHECK (released >= 0),
    refund   TEXT NOT NULL,
    code     TEXT NOT NULL,
    detail   TEXT NOT NULL -- JSON: session, 3DS, source, screening
) STRICT;
INSERT INTO fact2 SELECT seq, call, payment, action, at, key, event, amount, released, refund, code,
    CASE event WHEN 'payment_captured' THEN '{"final":true}' ELSE '{}' END FROM fact;
DROP TABLE fact;
ALTER TABLE fact2 RENAME TO fact;
CREATE INDEX fact_by_payment ON fact (payment);
CREATE INDEX fact_by_call ON fact (call);

CREATE TABLE instrument ( -- a card of a customer
    seq          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE, -- src_
    customer     TEXT NOT NULL,
    own          INTEGER NOT NULL CHECK (own IN (0, 1)), -- the customer is the gateway's own: nobody named one
    brand        TEXT NOT NULL,
    last4        TEXT NOT NULL,
    expiry_month INTEGER NOT NULL,
    expiry_year  INTEGER NOT NULL,
    kept_by      INTEGER NOT NULL DEFAULT 0, -- its place among what is kept; 0: it never succeeded
    removed      INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX instrument_by_customer ON instrument (customer);

CREATE TABLE token ( -- a card on its way: good once, for a while
    id           TEXT PRIMARY KEY, -- tok_
    until        TEXT NOT NULL,
    used         INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1)),
    brand        TEXT NOT NULL,
    last4        TEXT NOT NULL,
    expiry_month INTEGER NOT NULL,
    expiry_year  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mandate ( -- leave to charge an instrument again
    id         TEXT PRIMARY KEY, -- the merchant's
    instrument TEXT NOT NULL REFERENCES instrument (id),
    active     INTEGER NOT NULL CHECK (active IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE waiting ( -- what has begun and not ended
    seq     INTEGER PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES account,
    step    TEXT NOT NULL, -- what it waits for
    at      TEXT NOT NULL, -- when it ends by itself; '': never
    kind    TEXT NOT NULL, -- of the call that began it
    key     TEXT NOT NULL,
    refund  TEXT NOT NULL,
    amount  INTEGER NOT NULL,
    terms   TEXT NOT NULL -- JSON: what else was asked
) STRICT;
CREATE INDEX waiting_by_payment ON waiting (payment);
CREATE INDEX waiting_by_time ON waiting (at, seq) WHERE at <> '';

INSERT INTO waiting (payment, step, at, kind, key, refund, amount, terms) -- holds from before lapse too
    SELECT payment, 'hold_lapses', strftime('%Y-%m-%dT%H:%M:%f000Z', min(at), '+28 days'), '', '', '', 0, '{}'
    FROM fact GROUP BY payment
    HAVING sum(CASE event WHEN 'payment_approved' THEN amount WHEN 'payment_captured' THEN -amount ELSE 0 END) - sum(released) > 0;
