-- What the gateway has to tell, how its operator set it, and how calls go wrong.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY, -- secret, seed, profile, hold
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notice ( -- the outbox: one for each fact
    id        TEXT PRIMARY KEY, -- evt_
    number    INTEGER NOT NULL UNIQUE, -- its place, from 1
    action    TEXT NOT NULL UNIQUE REFERENCES fact (action),
    body      TEXT NOT NULL, -- JSON, as it is sent
    signature TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('pending', 'delivered', 'dropped')),
    due       TEXT NOT NULL DEFAULT '' -- when a pending one is delivered by itself; '': by hand
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_by_time ON notice (due, number) WHERE due <> '';

CREATE TABLE delivery ( -- each time that a notice reached the merchant
    pos    INTEGER PRIMARY KEY AUTOINCREMENT,
    notice TEXT NOT NULL REFERENCES notice,
    at     TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_by_notice ON delivery (notice);

ALTER TABLE call ADD COLUMN runs_until TEXT NOT NULL DEFAULT ''; -- of a slow one: until then its key is in use

DROP TABLE fault; -- what was set to go wrong before is forgotten
CREATE TABLE fault ( -- what the operator told it to do wrong
    operation TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    times     INTEGER NOT NULL CHECK (times >= 0), -- how many calls are left
    share     INTEGER NOT NULL CHECK (share BETWEEN 0 AND 100), -- percent of calls, where times is 0
    calls     INTEGER NOT NULL DEFAULT 0, -- that a share was taken of: the dice go on from there
    CHECK ((times > 0) <> (share > 0))
) STRICT, WITHOUT ROWID;
