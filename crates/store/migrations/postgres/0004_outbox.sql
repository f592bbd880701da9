-- The mail of an invite; there is none without an address.
CREATE TABLE outbox (
    invite_uid TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES group_invites (uid) ON DELETE CASCADE,
    -- The email_key of the invite.
    recipient TEXT COLLATE "C" NOT NULL,
    -- The code itself while the mail waits: the one secret that does not stand as a hash.
    code TEXT COLLATE "C",
    -- QUEUED, SENT or FAILED.
    state TEXT COLLATE "C" NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- Nobody sends it before this. While somebody does, the end of their lease.
    due_time BIGINT NOT NULL,
    -- Who holds the lease; another name for every try.
    lease TEXT COLLATE "C" NOT NULL DEFAULT '',
    create_time BIGINT NOT NULL,
    update_time BIGINT NOT NULL
);
CREATE INDEX outbox_by_due_time ON outbox (due_time) WHERE state = 'QUEUED';

-- Which recipients mail went to of late, or is going to.
CREATE TABLE outbox_sends (
    lease TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    time BIGINT NOT NULL
);
CREATE INDEX outbox_sends_by_recipient ON outbox_sends (recipient, time);
CREATE INDEX outbox_sends_by_time ON outbox_sends (time);

-- Locked by whoever takes a mail to send, so that the sends of one recipient are counted one by one.
CREATE TABLE outbox_turn (turn BIGINT NOT NULL);
INSERT INTO outbox_turn (turn) VALUES (0);

-- Codes that a newer one took the place of, so that whoever comes with one is told so.
CREATE TABLE group_invite_old_codes (
    code_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    invite_uid TEXT COLLATE "C" NOT NULL REFERENCES group_invites (uid) ON DELETE CASCADE
);
CREATE INDEX group_invite_old_codes_by_invite ON group_invite_old_codes (invite_uid);
