//! `iam role-bindings create` and `update`.

use bailiwick_api::role_binding::RoleBindingWrite;
use bailiwick_api::{Change, RoleBinding};
use bailiwick_domain::Uidp;
use clap::Args;

use crate::context::Context;
use crate::failure::Failure;
use crate::iam::bindings::{FORMS, shown};
use crate::iam::preview::dry_run;
use crate::iam::times;
use crate::output::{Format, json};
use crate::resolve::{Wanted, group, identity, role};

/// A new binding.
#[derive(Debug, Args)]
pub(in crate::iam) struct Create {
    /// Whose: an id, an address, or me.
    #[arg(long)]
    identity: String,
    /// Which role, by id or name.
    #[arg(long)]
    role: String,
    /// Where, and below: the group's id, path or name.
    #[arg(long, visible_alias = "parent")]
    group: String,
    /// When it ends: a day as 2027-01-31, a time in RFC 3339, or how long from now as 90d.
    #[arg(long, value_name = "END", default_value = "never")]
    expires: String,
    /// Say who would gain what, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accepted, as nothing is asked.
    #[arg(short = 'y', long, hide = true)]
    yes: bool,
}

/// A change of a binding.
#[derive(Debug, Args)]
pub(in crate::iam) struct Update {
    /// Its id.
    binding: Uidp,
    /// Another role, by id or name.
    #[arg(long, required_unless_present = "expires")]
    role: Option<String>,
    /// Another end, or never.
    #[arg(long, value_name = "END")]
    expires: Option<String>,
    /// Say who would gain and lose what, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Accepted, as nothing is asked.
    #[arg(short = 'y', long, hide = true)]
    yes: bool,
}

pub(super) async fn create(arguments: &Create, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let end = times::end(&arguments.expires)?;
    let server = context.server()?;
    let group = group(&server, &arguments.group, Wanted::Any).await?.uid;
    let role = role(&server, &arguments.role, Some(&group)).await?.uid;
    let identity = identity(&server, &arguments.identity).await?;
    let mut write = RoleBindingWrite::new(&identity, &role);
    write.expire_time = Some(end).filter(|end| !end.is_empty());
    if arguments.dry_run {
        return dry_run(&server, context, Change::bind(&group, write)).await;
    }
    let binding = server.client.create_role_binding(&group, &write).await;
    one(format, server.done(binding)?)
}

pub(super) async fn update(arguments: &Update, context: &Context) -> Result<String, Failure> {
    let format = context.format(&FORMS)?;
    let mut write = RoleBindingWrite::default();
    if let Some(expires) = &arguments.expires {
        write.expire_time = Some(times::end(expires)?);
    }
    let server = context.server()?;
    let uid = &arguments.binding;
    if let Some(text) = &arguments.role {
        let role = role(&server, text, uid.parent().as_ref()).await?;
        write.role_uid = Some(role.uid.to_string());
    }
    if arguments.dry_run {
        return dry_run(&server, context, Change::rebind(uid, write)).await;
    }
    let binding = server.client.update_role_binding(uid, &write).await;
    one(format, server.done(binding)?)
}

fn one(format: Option<Format>, binding: RoleBinding) -> Result<String, Failure> {
    match format {
        Some(Format::Json) => json(&binding),
        format => shown(format, vec![binding]),
    }
}
