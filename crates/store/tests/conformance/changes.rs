//! Several changes at once: what a preview says is what happens, all of it or nothing.

use std::collections::BTreeMap;
use std::time::Duration;

use bailiwick_domain::{
    BuiltInRole, Capability, CapabilitySet, ChangesError, Description, Grant, GroupName, Micros,
    Uidp, capabilities_at, editor, owner, viewer,
};
use bailiwick_store::{
    AccessChange, BindingChange, Caller, Clock as _, Effect, Failure, NewBinding, NewRole,
    RoleChange,
};
use bailiwick_testkit::TestStore;
use sqlx::Row as _;

const HOUR: Duration = Duration::from_secs(3600);

fn bind(to: &Caller, role: &Uidp, group: &Uidp) -> NewBinding {
    NewBinding {
        identity: to.identity().clone(),
        role: role.clone(),
        group: group.clone(),
        ends_at: None,
    }
}

async fn bound(test: &TestStore, by: &Caller, new: NewBinding) -> Uidp {
    let made = test.store.role_bindings(by).create(new).await;
    made.unwrap().uid
}

async fn preview(
    test: &TestStore,
    by: &Caller,
    organization: &Uidp,
    changes: Vec<AccessChange>,
) -> Effect {
    let changes = test
        .store
        .changes(by)
        .preview(organization.clone(), changes)
        .await;
    changes.unwrap()
}

async fn apply(
    test: &TestStore,
    by: &Caller,
    organization: &Uidp,
    changes: Vec<AccessChange>,
    revision: Option<i64>,
) -> Result<Effect, ChangesError> {
    let applied = test
        .store
        .changes(by)
        .apply(organization.clone(), changes, revision)
        .await;
    applied.map_err(|failure| match failure {
        Failure::Rule(rule) => rule,
        Failure::Store(error) => panic!("{error}"),
    })
}

/// Every binding there is, by the person, read past the store.
async fn grants(test: &TestStore) -> BTreeMap<Uidp, Vec<Grant>> {
    let mut connection = test.database.connect().await;
    let rows = sqlx::query(
        "SELECT b.uid, b.group_uid, b.role_uid, b.identity_uid, b.ends_at, r.capabilities
         FROM role_bindings b LEFT JOIN roles r ON r.uid = b.role_uid ORDER BY b.uid",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let mut all: BTreeMap<Uidp, Vec<Grant>> = BTreeMap::new();
    for row in rows {
        let uidp = |column: &str| -> Uidp {
            let text: String = row.try_get(column).unwrap();
            text.parse().unwrap()
        };
        let role = uidp("role_uid");
        let capabilities = match BuiltInRole::by_uid(&role) {
            Some(role) => role.capabilities,
            None => {
                let bytes: Vec<u8> = row.try_get("capabilities").unwrap();
                CapabilitySet::from_bytes(bytes.try_into().unwrap())
            }
        };
        all.entry(uidp("identity_uid")).or_default().push(Grant {
            binding: uidp("uid"),
            group: uidp("group_uid"),
            role,
            capabilities,
            ends_at: row
                .try_get::<Option<i64>, _>("ends_at")
                .unwrap()
                .map(Micros),
        });
    }
    all
}

type Held = BTreeMap<(Uidp, Uidp), CapabilitySet>;

/// What each person holds at each group.
fn held(
    grants: &BTreeMap<Uidp, Vec<Grant>>,
    people: &[Caller],
    groups: &[Uidp],
    now: Micros,
) -> Held {
    let mut all = Held::new();
    for person in people {
        let of = grants.get(person.identity()).map_or(&[][..], Vec::as_slice);
        for group in groups {
            let key = (person.identity().clone(), group.clone());
            all.insert(key, capabilities_at(of, group, now));
        }
    }
    all
}

/// What an effect says of somebody at a group: that of the nearest place above.
fn said(effect: &Effect, person: &Uidp, group: &Uidp) -> (CapabilitySet, CapabilitySet) {
    let person = effect.people.iter().find(|one| one.identity.uid == *person);
    person
        .into_iter()
        .flat_map(|person| &person.places)
        .filter(|place| place.group.reaches(group))
        .max_by_key(|place| place.group.depth())
        .map(|place| (place.gained, place.lost))
        .unwrap_or_default()
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count).unwrap()).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const SOME: [Capability; 6] = [
    Capability::GROUPS_LIST,
    Capability::GROUPS_CREATE,
    Capability::ROLE_BINDINGS_CREATE,
    Capability::ROLE_BINDINGS_LIST,
    Capability::IDENTITY_LIST,
    Capability::SUBSCRIPTIONS_CREATE,
];

struct World<'a> {
    people: &'a [Caller],
    groups: &'a [Uidp],
    /// Custom ones, at the organization.
    roles: &'a [Uidp],
}

fn random_change(
    dice: &mut Dice,
    world: &World<'_>,
    bindings: &[Uidp],
    now: Micros,
) -> AccessChange {
    let mut roles = vec![
        owner().uid().clone(),
        editor().uid().clone(),
        viewer().uid().clone(),
    ];
    roles.extend_from_slice(world.roles);
    let ends_at = (dice.below(4) == 0).then(|| now.later(HOUR));
    match dice.below(8) {
        0..=2 => AccessChange::CreateBinding(NewBinding {
            identity: dice.pick(world.people).identity().clone(),
            role: dice.pick(&roles).clone(),
            group: dice.pick(world.groups).clone(),
            ends_at,
        }),
        3 => AccessChange::UpdateBinding(
            dice.pick(bindings).clone(),
            BindingChange {
                identity: None,
                role: Some(dice.pick(&roles).clone()),
                ends_at: Some(ends_at),
            },
        ),
        4 => AccessChange::DeleteBinding(dice.pick(bindings).clone()),
        5 | 6 => {
            let mut capabilities: CapabilitySet = [Capability::GROUPS_LIST].into_iter().collect();
            for what in SOME {
                if dice.below(2) == 0 {
                    capabilities.insert(what);
                }
            }
            let change = RoleChange {
                name: None,
                description: None,
                capabilities: Some(capabilities),
            };
            AccessChange::UpdateRole(dice.pick(world.roles).clone(), change)
        }
        _ => AccessChange::RemoveIdentity {
            identity: dice.pick(world.people).identity().clone(),
            group: dice.pick(world.groups).clone(),
        },
    }
}

pub(crate) async fn a_preview_is_what_happens(test: &TestStore) {
    let mut people = Vec::new();
    for name in ["owner", "editor", "viewer", "guest"] {
        let signed_in = test.sign_in(&format!("{name}@example.com")).await;
        people.push(signed_in.caller);
    }
    let acme = test.organization(&people[0], "acme").await;
    let dev = test.folder(&people[0], &acme, "dev").await.uid;
    let web = test.folder(&people[0], &dev, "web").await.uid;
    let prod = test.folder(&people[0], &acme, "prod").await.uid;
    let mut roles = Vec::new();
    for name in ["keeper", "manager"] {
        let role = NewRole {
            group: acme.clone(),
            name: name.parse::<GroupName>().unwrap(),
            description: "".parse::<Description>().unwrap(),
            capabilities: SOME.into_iter().collect(),
        };
        let made = test.store.roles(&people[0]).create(role).await.unwrap();
        roles.push(made.role.uid);
    }
    let groups = [acme.clone(), dev, web, prod];
    let world = World {
        people: &people,
        groups: &groups,
        roles: &roles,
    };
    let (mut applied, mut refused) = (0, 0);
    let mut dice = Dice(0x5eed_1e55);
    for _ in 0..120 {
        let now = test.clock.now();
        let before = grants(test).await;
        let was = held(&before, &people, &groups, now);
        let owns = |person: &&Caller| {
            let held = &was[&(person.identity().clone(), acme.clone())];
            owner().capabilities.is_subset_of(held)
        };
        let by = people.iter().find(owns).unwrap();
        let bindings: Vec<Uidp> = before
            .values()
            .flatten()
            .map(|grant| grant.binding.clone())
            .collect();
        let changes: Vec<AccessChange> = (0..=dice.below(3))
            .map(|_| random_change(&mut dice, &world, &bindings, now))
            .collect();

        let effect = preview(test, by, &acme, changes.clone()).await;
        assert_eq!(grants(test).await, before, "a preview changes nothing");
        let made = apply(test, by, &acme, changes.clone(), Some(effect.revision)).await;
        let after = grants(test).await;
        let is = held(&after, &people, &groups, now);
        match made {
            Ok(made) => {
                assert_eq!(effect.refusals, [], "{changes:?}");
                applied += 1;
                for (key, had) in &was {
                    let (person, group) = key;
                    let (gained, lost) = (is[key].difference(had), had.difference(&is[key]));
                    assert_eq!(said(&effect, person, group), (gained, lost), "{changes:?}");
                }
                let count = |of: fn(&CapabilitySet, &CapabilitySet) -> bool| {
                    let changed = |person: &&Caller| {
                        groups.iter().any(|group| {
                            let key = (person.identity().clone(), group.clone());
                            of(&was[&key], &is[&key])
                        })
                    };
                    people.iter().filter(changed).count()
                };
                assert_eq!(effect.gain_count, count(|was, is| !is.is_subset_of(was)));
                assert_eq!(effect.lose_count, count(|was, is| !was.is_subset_of(is)));
                assert_eq!(made.people, effect.people);
                assert_eq!(made.owner_count, effect.owner_count);
                assert!(effect.owner_count > 0, "rule 3");
            }
            Err(error) => {
                assert_eq!(after, before, "all or none: {changes:?}");
                refused += 1;
                match error {
                    ChangesError::Refused { index, .. } => {
                        assert_eq!(effect.refusals[0].index, index, "{changes:?}");
                    }
                    other => assert_eq!(other, ChangesError::LastOwner, "{changes:?}"),
                }
            }
        }
    }
    assert!(applied > 40 && refused > 10, "{applied} and {refused}");
}

pub(crate) async fn owners_are_exchanged_in_one_go(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let next = test.sign_in("next@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let own = grants(test).await[mine.identity()][0].binding.clone();
    let leave = || AccessChange::DeleteBinding(own.clone());
    let alone = preview(test, &mine, &acme, vec![leave()]).await;
    assert_eq!(alone.refusals[0].reason, "LAST_OWNER");
    let refused = apply(test, &mine, &acme, vec![leave()], None).await;
    assert_eq!(refused.unwrap_err(), ChangesError::LastOwner);
    let give = AccessChange::CreateBinding(bind(&next, owner().uid(), &acme));
    let both = vec![give, leave()];
    let effect = apply(test, &mine, &acme, both, None).await.unwrap();
    assert_eq!(effect.owner_count, 1);
    let lost = effect.people.iter().find(|one| one.was_owner).unwrap();
    assert_eq!(lost.identity.uid, *mine.identity());
    assert!(test.store.groups(&mine).get(&acme).await.is_err());
    assert!(test.store.groups(&next).get(&acme).await.is_ok());
}

pub(crate) async fn a_preview_is_good_until_somebody_else_writes(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let change = || {
        let new = bind(&guest, viewer().uid(), &acme);
        vec![AccessChange::CreateBinding(new)]
    };
    let seen = preview(test, &mine, &acme, change()).await.revision;
    assert_eq!(
        preview(test, &mine, &acme, change()).await.revision,
        seen,
        "previews count as no write"
    );
    test.folder(&mine, &acme, "dev").await;
    let stale = apply(test, &mine, &acme, change(), Some(seen)).await;
    assert_eq!(stale.unwrap_err(), ChangesError::RevisionChanged);
    let now = preview(test, &mine, &acme, change()).await.revision;
    let made = apply(test, &mine, &acme, change(), Some(now)).await;
    assert_eq!(made.unwrap().revision, now + 1);
    let again = apply(test, &mine, &acme, change(), Some(now + 1)).await;
    assert_eq!(
        again.unwrap().revision,
        now + 1,
        "the same twice is no write"
    );
}

pub(crate) async fn who_may_not_do_it_is_told_so_and_nothing_else(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let stranger = test.sign_in("stranger@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    bound(test, &mine, bind(&guest, viewer().uid(), &acme)).await;
    let change = || {
        let new = bind(&stranger, owner().uid(), &acme);
        vec![AccessChange::CreateBinding(new)]
    };
    let effect = preview(test, &guest, &acme, change()).await;
    assert_eq!(effect.refusals[0].reason, "CAPABILITY_MISSING");
    assert_eq!((effect.gain_count, effect.people.len()), (0, 0));
    let unseen = test
        .store
        .changes(&stranger)
        .preview(acme.clone(), change())
        .await;
    assert!(matches!(unseen, Err(Failure::Rule(ChangesError::NotFound))));
    let nowhere = test
        .store
        .changes(&stranger)
        .preview(Uidp::root([7; 20]), change())
        .await;
    assert!(matches!(
        nowhere,
        Err(Failure::Rule(ChangesError::NotFound))
    ));
}

pub(crate) async fn a_person_is_removed_with_all_they_hold_below(test: &TestStore) {
    let mine = test.sign_in("owner@example.com").await.caller;
    let guest = test.sign_in("guest@example.com").await.caller;
    let acme = test.organization(&mine, "acme").await;
    let dev = test.folder(&mine, &acme, "dev").await.uid;
    let web = test.folder(&mine, &dev, "web").await.uid;
    for group in [&acme, &dev, &web] {
        bound(test, &mine, bind(&guest, viewer().uid(), group)).await;
    }
    let people = test.store.identities(&mine);
    let gone = people.remove(guest.identity().clone(), dev).await.unwrap();
    assert_eq!(gone, 2);
    assert!(test.store.groups(&guest).get(&web).await.is_ok(), "by acme");
    let of_guest = test.store.identities(&guest);
    assert!(
        of_guest
            .remove(mine.identity().clone(), acme.clone())
            .await
            .is_err()
    );
    let left = of_guest
        .remove(guest.identity().clone(), acme.clone())
        .await;
    assert_eq!(left.unwrap(), 1, "whoever leaves asks nobody");
    assert!(test.store.groups(&guest).get(&web).await.is_err());
    let last = people.remove(mine.identity().clone(), acme).await;
    assert!(matches!(
        last,
        Err(Failure::Rule(
            bailiwick_domain::RemoveIdentityError::LastOwner
        ))
    ));
}
