//! Who may do what: the one place that knows.
//!
//! | | viewer | member | admin | owner | API key |
//! |---|---|---|---|---|---|
//! | [`Permission::Read`] | yes | yes | yes | yes | scope `read` |
//! | [`Permission::Converse`] | | yes | yes | yes | scope `calls` |
//! | [`Permission::Configure`] | | yes | yes | yes | scope `manage` |
//! | [`Permission::Administer`] | | | yes | yes | scope `admin` |
//! | [`Permission::Own`] | | | | yes | never |

use std::{fmt, net::IpAddr};

use entity::{
    api_key::Scope,
    id::{ApiKeyId, SessionId, TenantId, UserId},
    membership::Role,
};
use uuid::Uuid;

/// What an operation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See what the tenant has: agents, numbers, calls, transcripts, customers, usage.
    Read,
    /// Talk to agents, have speech recognised and spoken.
    Converse,
    /// Make and change agents, personas, tools, numbers and customers.
    Configure,
    /// Keys, members, providers' credentials, limits, the audit log; erase a customer.
    Administer,
    /// The tenant itself, and who owns it.
    Own,
}

impl Permission {
    pub const ALL: [Self; 5] = [Self::Read, Self::Converse, Self::Configure, Self::Administer, Self::Own];

    /// As documents and refusals call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Converse => "calls",
            Self::Configure => "manage",
            Self::Administer => "admin",
            Self::Own => "own",
        }
    }

    const fn least_role(self) -> Role {
        match self {
            Self::Read => Role::Viewer,
            Self::Converse | Self::Configure => Role::Member,
            Self::Administer => Role::Admin,
            Self::Own => Role::Owner,
        }
    }

    const fn scope(self) -> Option<Scope> {
        match self {
            Self::Read => Some(Scope::Read),
            Self::Converse => Some(Scope::Calls),
            Self::Configure => Some(Scope::Manage),
            Self::Administer => Some(Scope::Admin),
            Self::Own => None,
        }
    }
}

/// Who speaks, and for which tenant, as proven by a key or a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub tenant: TenantId,
    pub who: Who,
}

/// The one who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Key { id: ApiKeyId, scopes: Vec<Scope> },
    User { id: UserId, session: SessionId, role: Role },
}

impl Principal {
    pub fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Key { scopes, .. } => permission.scope().is_some_and(|scope| scopes.contains(&scope)),
            Who::User { role, .. } => *role >= permission.least_role(),
        }
    }

    /// Whether it may give somebody that role: nobody gives more than they have.
    pub fn may_make(&self, role: Role) -> bool {
        self.may(Permission::Administer)
            && Permission::ALL.into_iter().filter(|of| role >= of.least_role()).all(|of| self.may(of))
    }

    /// Whether it may give a key that scope: no key reaches further than its maker.
    pub fn may_grant(&self, scope: Scope) -> bool {
        Permission::ALL.into_iter().any(|of| of.scope() == Some(scope) && self.may(of))
    }

    pub const fn actor(&self) -> Actor {
        match &self.who {
            Who::Key { id, .. } => Actor::Key(*id),
            Who::User { id, .. } => Actor::User(*id),
        }
    }

    /// What has to stay good for as long as a connection that it opened lasts.
    pub const fn opener(&self) -> Opener {
        match &self.who {
            Who::Key { id, .. } => Opener::Key(*id),
            Who::User { session, .. } => Opener::Session(*session, self.tenant),
        }
    }
}

/// What a connection that lasts was opened with: when it is no good any more, the connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Opener {
    Key(ApiKeyId),
    /// In this tenant: a session goes over to another of the person's tenants, and what it opened does not.
    Session(SessionId, TenantId),
}

/// To whom a change is put down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    User(UserId),
    Key(ApiKeyId),
    /// A person of the platform, acting on a tenant from outside.
    Operator(UserId),
    /// A job, or the first start.
    System,
}

impl Actor {
    /// As rows keep it: what it is, and its id; `None`: the system.
    pub(crate) fn columns(self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::User(id) => ("user", Some(id.uuid())),
            Self::Key(id) => ("api_key", Some(id.uuid())),
            Self::Operator(id) => ("operator", Some(id.uuid())),
            Self::System => ("system", None),
        }
    }
}

/// `user:…` with its id, and so on; `system`.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.columns() {
            (kind, Some(id)) => write!(f, "{kind}:{id}"),
            (kind, None) => f.write_str(kind),
        }
    }
}

/// Who makes a change, and from where: every function that changes what a tenant owns takes it after the tenant and
/// puts it into the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    pub actor: Actor,
    /// The client's network address; `None`: no request.
    pub address: Option<IpAddr>,
}

impl By {
    pub const SYSTEM: Self = Self { actor: Actor::System, address: None };
}
