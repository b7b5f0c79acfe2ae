-- Disputes. Where each stands is read off the facts of its payment.

CREATE TABLE dispute (
    seq     INTEGER PRIMARY KEY, -- the newest has the highest
    id      TEXT NOT NULL UNIQUE, -- dsp_
    payment TEXT NOT NULL REFERENCES account
) STRICT;

ALTER TABLE waiting ADD COLUMN dispute TEXT NOT NULL DEFAULT ''; -- the one that waits
