-- An identity may be bound before its first sign-in, so there is no reference to identities.
CREATE TABLE new_role_bindings (
    uid          TEXT    PRIMARY KEY NOT NULL,
    group_uid    TEXT    NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    -- The first segment of group_uid.
    organization TEXT    NOT NULL,
    identity_uid TEXT    NOT NULL,
    role_uid     TEXT    NOT NULL,
    ends_at      INTEGER,
    create_time  INTEGER NOT NULL,
    -- 1 if the person did something for it: made the organization, accepted an invite. Only such a
    -- person's name and address are shown to the others there.
    own_act      INTEGER NOT NULL
) STRICT;
INSERT INTO new_role_bindings
    SELECT uid, group_uid, substr(group_uid, 1, 40), identity_uid, role_uid, ends_at, create_time, 1
    FROM role_bindings;
DROP TABLE role_bindings;
ALTER TABLE new_role_bindings RENAME TO role_bindings;
-- Not unique with the role, since three deep ids are more than an index of PostgreSQL takes: the lock
-- on the organization's row keeps a role from being bound twice.
CREATE INDEX role_bindings_by_identity ON role_bindings (identity_uid, group_uid);
CREATE INDEX role_bindings_by_group ON role_bindings (group_uid);
CREATE INDEX role_bindings_by_organization ON role_bindings (organization, identity_uid, own_act);

-- The number of segments: with it children are found in the order of their ids. The order of names
-- has groups_by_name.
ALTER TABLE groups ADD COLUMN depth INTEGER NOT NULL DEFAULT 0;
UPDATE groups SET depth = 1 + (length(uid) - 40) / 17;
CREATE INDEX groups_by_depth ON groups (depth, uid);

-- Empty for what was done, else the reason of the refusal.
ALTER TABLE audit ADD COLUMN refusal TEXT NOT NULL DEFAULT '';

CREATE TABLE group_invites (
    uid         TEXT    PRIMARY KEY NOT NULL,
    group_uid   TEXT    NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    role_uid    TEXT    NOT NULL,
    -- A short public name of the code; never accepted as one.
    key_id      TEXT    NOT NULL UNIQUE,
    code_hash   TEXT    NOT NULL UNIQUE,
    email       TEXT,
    single_use  INTEGER NOT NULL,
    -- The identity's UIDP, or `host`.
    inviter     TEXT    NOT NULL,
    create_time INTEGER NOT NULL,
    expire_time INTEGER NOT NULL
) STRICT;
CREATE INDEX group_invites_by_group ON group_invites (group_uid);
