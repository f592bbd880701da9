-- The mail of an invite; there is none without an address.
CREATE TABLE outbox (
    invite_uid  TEXT    PRIMARY KEY NOT NULL REFERENCES group_invites (uid) ON DELETE CASCADE,
    -- The email_key of the invite.
    recipient   TEXT    NOT NULL,
    -- The code itself while the mail waits: the one secret that does not stand as a hash.
    code        TEXT,
    -- QUEUED, SENT or FAILED.
    state       TEXT    NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    -- Nobody sends it before this. While somebody does, the end of their lease.
    due_time    INTEGER NOT NULL,
    -- Who holds the lease; another name for every try.
    lease       TEXT    NOT NULL DEFAULT '',
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_by_due_time ON outbox (due_time) WHERE state = 'QUEUED';

-- Which recipients mail went to of late, or is going to.
CREATE TABLE outbox_sends (
    lease     TEXT    PRIMARY KEY NOT NULL,
    recipient TEXT    NOT NULL,
    time      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_sends_by_recipient ON outbox_sends (recipient, time);
CREATE INDEX outbox_sends_by_time ON outbox_sends (time);

-- Locked by whoever takes a mail to send, so that the sends of one recipient are counted one by one.
CREATE TABLE outbox_turn (turn INTEGER NOT NULL) STRICT;
INSERT INTO outbox_turn (turn) VALUES (0);

-- Codes that a newer one took the place of, so that whoever comes with one is told so.
CREATE TABLE group_invite_old_codes (
    code_hash  TEXT    PRIMARY KEY NOT NULL,
    invite_uid TEXT    NOT NULL REFERENCES group_invites (uid) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX group_invite_old_codes_by_invite ON group_invite_old_codes (invite_uid);
