-- An identity may be bound before its first sign-in, so there is no reference to identities.
ALTER TABLE role_bindings DROP CONSTRAINT role_bindings_identity_uid_fkey;
-- The first segment of group_uid.
ALTER TABLE role_bindings ADD COLUMN organization TEXT COLLATE "C" NOT NULL;
-- 1 if the person did something for it: made the organization, accepted an invite. Only such a
-- person's name and address are shown to the others there.
ALTER TABLE role_bindings ADD COLUMN own_act INTEGER NOT NULL;
CREATE INDEX role_bindings_by_organization ON role_bindings (organization, identity_uid, own_act);

-- The number of segments: with it children are found in the order of their ids. The order of names
-- has groups_by_name.
ALTER TABLE groups ADD COLUMN depth INTEGER NOT NULL;
CREATE INDEX groups_by_depth ON groups (depth, uid);

-- Empty for what was done, else the reason of the refusal.
ALTER TABLE audit ADD COLUMN refusal TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE group_invites (
    uid TEXT COLLATE "C" PRIMARY KEY NOT NULL,
    group_uid TEXT COLLATE "C" NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    role_uid TEXT COLLATE "C" NOT NULL,
    -- A short public name of the code; never accepted as one.
    key_id TEXT COLLATE "C" NOT NULL UNIQUE,
    code_hash TEXT COLLATE "C" NOT NULL UNIQUE,
    email TEXT COLLATE "C",
    single_use INTEGER NOT NULL,
    -- The identity's UIDP, or `host`.
    inviter TEXT COLLATE "C" NOT NULL,
    create_time BIGINT NOT NULL,
    expire_time BIGINT NOT NULL
);
CREATE INDEX group_invites_by_group ON group_invites (group_uid);
