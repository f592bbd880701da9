-- A client's checked request, waiting for a person's answer.
CREATE TABLE authorization_requests (
    id_hash        TEXT    PRIMARY KEY NOT NULL,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    -- NULL when the client sent none.
    client_state   TEXT,
    client_nonce   TEXT,
    code_challenge TEXT    NOT NULL,
    scope          TEXT    NOT NULL,
    -- Whoever looked it up first.
    identity_uid   TEXT    REFERENCES identities (uid) ON DELETE CASCADE,
    expire_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX authorization_requests_by_expiry ON authorization_requests (expire_time);

-- One sign-in of one client: the family of its tokens.
CREATE TABLE client_grants (
    uid            TEXT    PRIMARY KEY NOT NULL,
    identity_uid   TEXT    NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    client_id      TEXT    NOT NULL,
    scope          TEXT    NOT NULL,
    provider       TEXT    NOT NULL,
    -- The address of this very sign-in, if its provider vouches for it.
    email          TEXT,
    auth_time      INTEGER NOT NULL,
    by_device      INTEGER NOT NULL,
    -- What a device said of itself, and where it asked from; empty without one.
    host           TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    -- Of a refresh token the part that all of the family share, and the one that each has anew; NULL
    -- without refresh tokens.
    family_hash    TEXT    UNIQUE,
    refresh_hash   TEXT,
    create_time    INTEGER NOT NULL,
    last_used_time INTEGER NOT NULL,
    expire_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX client_grants_by_identity ON client_grants (identity_uid, create_time);
CREATE INDEX client_grants_by_expiry ON client_grants (expire_time);

-- Codes of all clients but the console.
CREATE TABLE client_codes (
    code_hash      TEXT    PRIMARY KEY NOT NULL,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    client_nonce   TEXT,
    code_challenge TEXT    NOT NULL,
    scope          TEXT    NOT NULL,
    identity_uid   TEXT    NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider       TEXT    NOT NULL,
    email          TEXT,
    auth_time      INTEGER NOT NULL,
    expire_time    INTEGER NOT NULL,
    spent          INTEGER NOT NULL DEFAULT 0,
    -- What it was redeemed for: it ends when the code comes a second time.
    grant_uid      TEXT    REFERENCES client_grants (uid) ON DELETE CASCADE
) STRICT;
CREATE INDEX client_codes_by_expiry ON client_codes (expire_time);
CREATE INDEX client_codes_by_grant ON client_codes (grant_uid);
CREATE INDEX client_codes_by_identity ON client_codes (identity_uid);

CREATE TABLE device_codes (
    device_hash    TEXT    PRIMARY KEY NOT NULL,
    user_code_hash TEXT    NOT NULL UNIQUE,
    client_id      TEXT    NOT NULL,
    scope          TEXT    NOT NULL,
    host           TEXT    NOT NULL,
    address        TEXT    NOT NULL,
    -- WAITING, APPROVED or DENIED.
    state          TEXT    NOT NULL,
    -- Whoever looked it up first.
    identity_uid   TEXT    REFERENCES identities (uid) ON DELETE CASCADE,
    -- Those of the session that approved it.
    provider       TEXT,
    email          TEXT,
    auth_time      INTEGER,
    -- In microseconds.
    poll_interval  INTEGER NOT NULL,
    polls          INTEGER NOT NULL DEFAULT 0,
    last_poll_time INTEGER,
    create_time    INTEGER NOT NULL,
    expire_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX device_codes_by_address ON device_codes (address, expire_time);
CREATE INDEX device_codes_by_expiry ON device_codes (expire_time);

-- Of an organization: whether what signed in by a device holds anything there.
ALTER TABLE groups ADD COLUMN device_sign_in INTEGER NOT NULL DEFAULT 1;
-- When a newer key took its place: from then on it signs nothing, and is served until its tokens have
-- ended.
ALTER TABLE signing_keys ADD COLUMN retire_time INTEGER;
