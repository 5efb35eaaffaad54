//! Who may do what, all of it.

use domain::{
    access::{Permission, Principal, Who},
    entity::{
        api_key::Scope,
        id::{ApiKeyId, SessionId, TenantId, UserId},
        membership::Role,
    },
};

fn user(role: Role) -> Principal {
    Principal { tenant: TenantId::new(), who: Who::User { id: UserId::new(), session: SessionId::new(), role } }
}

fn key(scopes: &[Scope]) -> Principal {
    Principal { tenant: TenantId::new(), who: Who::Key { id: ApiKeyId::new(), scopes: scopes.to_vec() } }
}

#[test]
fn the_table_of_permissions_is_this() {
    let callers = [
        user(Role::Viewer),
        user(Role::Member),
        user(Role::Admin),
        user(Role::Owner),
        key(&[]),
        key(&[Scope::Read]),
        key(&[Scope::Calls]),
        key(&[Scope::Manage]),
        key(&[Scope::Admin]),
    ];
    #[rustfmt::skip]
    let table = [
        //                       viewer member admin  owner  no     read   calls  manage admin
        (Permission::Read,       [true,  true,  true,  true,  false, true,  false, false, false]),
        (Permission::Converse,   [false, true,  true,  true,  false, false, true,  false, false]),
        (Permission::Configure,  [false, true,  true,  true,  false, false, false, true,  false]),
        (Permission::Administer, [false, false, true,  true,  false, false, false, false, true]),
        (Permission::Own,        [false, false, false, true,  false, false, false, false, false]),
    ];
    assert_eq!(table.map(|(permission, _)| permission), Permission::ALL);
    for (permission, expected) in table {
        for (caller, expected) in callers.iter().zip(expected) {
            assert_eq!(caller.may(permission), expected, "{:?} {permission:?}", caller.who);
        }
    }
}

#[test]
fn nobody_gives_a_role_or_a_scope_beyond_their_own() {
    const ALL: [Scope; 4] = [Scope::Read, Scope::Calls, Scope::Manage, Scope::Admin];
    let roles = [Role::Viewer, Role::Member, Role::Admin, Role::Owner];
    #[rustfmt::skip]
    let table = [
        //                                     viewer member admin  owner    read   calls  manage admin
        (user(Role::Viewer),                   [false, false, false, false], [true,  false, false, false]),
        (user(Role::Member),                   [false, false, false, false], [true,  true,  true,  false]),
        (user(Role::Admin),                    [true,  true,  true,  false], [true,  true,  true,  true]),
        (user(Role::Owner),                    [true,  true,  true,  true],  [true,  true,  true,  true]),
        (key(&ALL),                            [true,  true,  true,  false], [true,  true,  true,  true]),
        (key(&[Scope::Admin]),                 [false, false, false, false], [false, false, false, true]),
        (key(&[Scope::Admin, Scope::Read]),    [true,  false, false, false], [true,  false, false, true]),
        (key(&[Scope::Read, Scope::Manage]),   [false, false, false, false], [true,  false, true,  false]),
    ];
    for (caller, makes, grants) in table {
        assert_eq!(roles.map(|role| caller.may_make(role)), makes, "{:?}", caller.who);
        assert_eq!(ALL.map(|scope| caller.may_grant(scope)), grants, "{:?}", caller.who);
    }
}
