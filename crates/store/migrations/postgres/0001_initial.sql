-- Times are microseconds since 1970, UTC. Flags are 0 or 1. Secrets stand as SHA-256 in hex.
-- Every text sorts by its bytes ("C"), as in SQLite.

CREATE TABLE meta (
    name TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    value TEXT COLLATE "C" NOT NULL
);

CREATE TABLE groups (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    -- Empty for an organization.
    parent TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL DEFAULT '',
    create_time BIGINT NOT NULL,
    update_time BIGINT NOT NULL,
    -- Counts the writes in an organization; stands on its root row and is locked by every write.
    revision BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX groups_by_name ON groups (parent, name);

CREATE TABLE identities (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    issuer TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL DEFAULT '',
    email TEXT COLLATE "C",
    create_time BIGINT NOT NULL,
    last_seen_time BIGINT,
    suspended INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX identities_by_subject ON identities (issuer, subject);

CREATE TABLE role_bindings (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    group_uid TEXT COLLATE "C" NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    identity_uid TEXT COLLATE "C" NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    role_uid TEXT COLLATE "C" NOT NULL,
    ends_at BIGINT,
    create_time BIGINT NOT NULL
);
CREATE INDEX role_bindings_by_identity ON role_bindings (identity_uid, group_uid);
CREATE INDEX role_bindings_by_group ON role_bindings (group_uid);

CREATE TABLE sessions (
    secret_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    public_id TEXT COLLATE "C" NOT NULL UNIQUE,
    identity_uid TEXT COLLATE "C" NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider TEXT COLLATE "C" NOT NULL,
    -- The address of this very sign-in, if its provider vouches for it.
    email TEXT COLLATE "C",
    auth_time BIGINT NOT NULL,
    create_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL,
    last_seen_time BIGINT NOT NULL
);
CREATE INDEX sessions_by_identity ON sessions (identity_uid);
CREATE INDEX sessions_by_expiry ON sessions (expire_time);

CREATE TABLE login_transactions (
    state_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    browser_hash TEXT COLLATE "C" NOT NULL,
    provider TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    redirect_uri TEXT COLLATE "C" NOT NULL,
    client_state TEXT COLLATE "C" NOT NULL,
    client_nonce TEXT COLLATE "C" NOT NULL,
    code_challenge TEXT COLLATE "C" NOT NULL,
    expire_time BIGINT NOT NULL
);
CREATE INDEX login_transactions_by_expiry ON login_transactions (expire_time);

CREATE TABLE authorization_codes (
    code_hash TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    redirect_uri TEXT COLLATE "C" NOT NULL,
    client_nonce TEXT COLLATE "C" NOT NULL,
    code_challenge TEXT COLLATE "C" NOT NULL,
    identity_uid TEXT COLLATE "C" NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider TEXT COLLATE "C" NOT NULL,
    email TEXT COLLATE "C",
    auth_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL
);
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expire_time);

CREATE TABLE signing_keys (
    kid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    pkcs8 BYTEA NOT NULL,
    create_time BIGINT NOT NULL
);

CREATE TABLE audit_heads (
    organization TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    seq BIGINT NOT NULL
);

CREATE TABLE audit (
    -- Empty for what belongs to no organization.
    organization TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    time BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL,
    -- Canonical JSON: keys sorted, no spaces.
    detail TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (organization, seq)
);
