//! Pure: the command lines that make the changes.

use bailiwick_api::Change;

use crate::ui::command::quoted;

/// The line that makes a change. `called` knows how ids are called; others stay as they are.
pub(super) fn line(change: &Change, called: &[(String, String)]) -> String {
    let call = |uid: &str| {
        let known = called.iter().find(|(known, _)| known == uid);
        quoted(known.map_or(uid, |(_, name)| name))
    };
    let mut line = String::from("bailiwick iam ");
    let mut add = |words: &str, value: &str| {
        line += words;
        line += value;
    };
    let (binding, role) = match change {
        Change {
            create: Some(create),
            ..
        } => {
            if create.role.is_some() {
                add("roles create", "");
            } else {
                add("role-bindings create", "");
            }
            add(" --parent ", &call(&create.parent));
            (&create.role_binding, &create.role)
        }
        Change {
            update: Some(update),
            ..
        } => {
            let noun = if update.role.is_some() {
                "roles update "
            } else {
                "role-bindings update "
            };
            add(noun, &call(&update.uid));
            (&update.role_binding, &update.role)
        }
        Change {
            delete: Some(delete),
            ..
        } => {
            for (words, uid) in [
                ("role-bindings delete ", &delete.role_binding),
                ("roles delete ", &delete.role),
                ("identities remove ", &delete.identity),
                (" --parent ", &delete.parent),
            ] {
                if let Some(uid) = uid {
                    add(words, &call(uid));
                }
            }
            (&None, &None)
        }
        _ => (&None, &None),
    };
    if let Some(binding) = binding {
        for (flag, uid) in [
            (" --identity ", &binding.identity_uid),
            (" --role ", &binding.role_uid),
        ] {
            if let Some(uid) = uid {
                add(flag, &call(uid));
            }
        }
        if let Some(end) = &binding.expire_time {
            add(" --expires ", if end.is_empty() { "never" } else { end });
        }
    }
    if let Some(role) = role {
        for (flag, text) in [
            (" --name ", &role.name),
            (" --description ", &role.description),
        ] {
            if let Some(text) = text {
                add(flag, &quoted(text));
            }
        }
        if let Some(capabilities) = &role.capabilities {
            add(" --capabilities ", &capabilities.join(","));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use bailiwick_api::{RoleBindingWrite, RoleWrite};
    use bailiwick_domain::Uidp;

    use super::*;

    #[test]
    fn each_change_has_its_line() {
        let group = Uidp::root([1; 20]);
        let (who, role) = (Uidp::root([2; 20]), Uidp::root([3; 20]));
        let called = [
            (group.to_string(), "acme labs".to_owned()),
            (who.to_string(), "a@b.example".to_owned()),
            (role.to_string(), "viewer".to_owned()),
        ];
        let binding = group.child([9; 8]).unwrap();
        let change = RoleBindingWrite::change(None, "");
        for (change, expected) in [
            (
                Change::bind(&group, RoleBindingWrite::new(&who, &role)),
                "role-bindings create --parent 'acme labs' --identity a@b.example --role viewer"
                    .to_owned(),
            ),
            (
                Change::rebind(&binding, change),
                format!("role-bindings update {binding} --expires never"),
            ),
            (
                Change::unbind(&binding),
                format!("role-bindings delete {binding}"),
            ),
            (
                Change::update_role(
                    &role,
                    RoleWrite::new("viewer", "", vec!["groups.list".into()]),
                ),
                "roles update viewer --name viewer --description '' --capabilities groups.list"
                    .to_owned(),
            ),
            (Change::delete_role(&role), "roles delete viewer".to_owned()),
            (
                Change::remove_identity(&who, &group),
                "identities remove a@b.example --parent 'acme labs'".to_owned(),
            ),
        ] {
            assert_eq!(
                line(&change, &called),
                ["bailiwick iam ", &expected].concat()
            );
        }
    }
}
