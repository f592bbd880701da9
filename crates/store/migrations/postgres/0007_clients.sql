-- A client's checked request, waiting for a person's answer.
CREATE TABLE authorization_requests (
    id_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    redirect_uri TEXT COLLATE "C" NOT NULL,
    -- NULL when the client sent none.
    client_state TEXT COLLATE "C",
    client_nonce TEXT COLLATE "C",
    code_challenge TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    -- Whoever looked it up first.
    identity_uid TEXT COLLATE "C" REFERENCES identities (uid) ON DELETE CASCADE,
    expire_time BIGINT NOT NULL
);
CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expire_time);

-- One sign-in of one client: the family of its tokens.
CREATE TABLE client_grants (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    identity_uid TEXT COLLATE "C" NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    client_id TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    -- The address of this very sign-in, if its provider vouches for it.
    email TEXT COLLATE "C",
    auth_time BIGINT NOT NULL,
    by_device INTEGER NOT NULL,
    -- What a device said of itself, and where it asked from; empty without one.
    host TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    -- Of a refresh token the part that all of the family share, and the one that each has anew; NULL
    -- without refresh tokens.
    family_hash TEXT COLLATE "C" UNIQUE,
    refresh_hash TEXT COLLATE "C",
    create_time BIGINT NOT NULL,
    last_used_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL
);
CREATE INDEX client_grants_by_identity ON client_grants (identity_uid, create_time);
CREATE INDEX client_grants_by_expiry ON client_grants (expire_time);

-- Codes of all clients but the console.
CREATE TABLE client_codes (
    code_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    redirect_uri TEXT COLLATE "C" NOT NULL,
    client_nonce TEXT COLLATE "C",
    code_challenge TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    identity_uid TEXT COLLATE "C" NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C",
    auth_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL,
    spent INTEGER NOT NULL DEFAULT 0,
    -- What it was redeemed for: it ends when the code comes a second time.
    grant_uid TEXT COLLATE "C" REFERENCES client_grants (uid) ON DELETE CASCADE
);
CREATE INDEX client_codes_by_expiry ON client_codes (expire_time);
CREATE INDEX client_codes_by_grant ON client_codes (grant_uid);
CREATE INDEX client_codes_by_identity ON client_codes (identity_uid);

CREATE TABLE device_codes (
    device_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    user_code_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    client_id TEXT COLLATE "C" NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    -- WAITING, APPROVED or DENIED.
    state TEXT COLLATE "C" NOT NULL,
    -- Whoever looked it up first.
    identity_uid TEXT COLLATE "C" REFERENCES identities (uid) ON DELETE CASCADE,
    -- Those of the session that approved it.
    provider TEXT COLLATE "C",
    email TEXT COLLATE "C",
    auth_time BIGINT,
    -- In microseconds.
    poll_interval BIGINT NOT NULL,
    polls BIGINT NOT NULL DEFAULT 0,
    last_poll_time BIGINT,
    create_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL
);
CREATE INDEX device_codes_by_address ON device_codes (address, expire_time);
CREATE INDEX device_codes_by_expiry ON device_codes (expire_time);

-- Of an organization: whether what signed in by a device holds anything there.
ALTER TABLE groups ADD COLUMN device_sign_in INTEGER NOT NULL DEFAULT 1;
-- When a newer key took its place: from then on it signs nothing, and is served until its tokens have
-- ended.
ALTER TABLE signing_keys ADD COLUMN retire_time BIGINT;
