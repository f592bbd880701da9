-- Mails to people about their own account, until they are sent.
CREATE TABLE notices (
    uid         TEXT    PRIMARY KEY NOT NULL,
    recipient   TEXT    NOT NULL,
    -- What was approved: the client's id, what the device said it is, and where it asked from.
    client_id   TEXT    NOT NULL,
    host        TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    -- Nobody sends it before this. While somebody does, the end of their lease.
    due_time    INTEGER NOT NULL,
    -- Who holds the lease; another name for every try.
    lease       TEXT    NOT NULL DEFAULT '',
    create_time INTEGER NOT NULL
) STRICT;
CREATE INDEX notices_by_due_time ON notices (due_time);
