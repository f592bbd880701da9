-- Mails to people about their own account, until they are sent.
CREATE TABLE notices (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    recipient TEXT COLLATE "C" NOT NULL,
    -- What was approved: the client's id, what the device said it is, and where it asked from.
    client_id TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- Nobody sends it before this. While somebody does, the end of their lease.
    due_time BIGINT NOT NULL,
    -- Who holds the lease; another name for every try.
    lease TEXT COLLATE "C" NOT NULL DEFAULT '',
    create_time BIGINT NOT NULL
);
CREATE INDEX notices_by_due_time ON notices (due_time);
