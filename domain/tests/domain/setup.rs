use domain::{
    Error, agents, api_keys,
    entity::membership::Role,
    invitations::{self, Newcomer},
    members, phone_numbers,
    sessions::Client,
    setup,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;

use crate::given;

on_both! {
    async fn the_first_start_makes_what_a_call_needs(db: Fresh) {
        let vault = given::vault();
        let first = setup::first_start(&db, &vault).await.unwrap().unwrap();
        let principal = api_keys::authenticate(&db, first.api_key.expose_secret(), domain::entity::now()).await.unwrap().unwrap();
        assert_eq!(principal.tenant, first.tenant);
        assert_eq!(agents::first(&db, first.tenant).await.unwrap(), Some(first.agent.id));
        let number = phone_numbers::find_by_e164(&db, &first.number).await.unwrap().unwrap();
        assert_eq!((number.tenant_id, number.agent_id), (first.tenant, first.agent.id));
        assert_eq!(number.account_sid, first.account_sid);
        let token = phone_numbers::auth_token(&db, &vault, &number).await.unwrap();
        assert_eq!(token.expose_secret(), first.auth_token.expose_secret());
        assert!(!format!("{first:?}").contains(token.expose_secret()));
    }

    async fn whoever_has_the_first_starts_invitation_owns_the_first_tenant(db: Fresh) {
        let first = setup::first_start(&db, &given::vault()).await.unwrap().unwrap();
        assert!(!format!("{first:?}").contains(first.invitation.expose_secret()));
        let (client, now) = (Client::default(), domain::entity::now());
        let newcomer = |email: Option<&str>| Newcomer {
            email: email.map(str::to_owned),
            name: "Ada".to_owned(),
            password: "correct horse battery".to_owned().into(),
        };
        let nobody = invitations::accept_as_new(&db, &first.invitation, newcomer(None), &client, now).await;
        assert!(matches!(nobody, Err(Error::Invalid { field: "email", .. })), "{nobody:?}");
        let ada = newcomer(Some("ada@example.com"));
        let (opened, mail) = invitations::accept_as_new(&db, &first.invitation, ada, &client, now).await.unwrap();
        assert_eq!(opened.session.tenant_id, first.tenant);
        assert_eq!(mail.unwrap().to.as_str(), "ada@example.com", "nobody has shown yet that the address is theirs");
        let member = members::find(&db, first.tenant, opened.session.user_id).await.unwrap();
        assert_eq!(member.membership.role, Role::Owner);
        let bob = newcomer(Some("bob@example.com"));
        let again = invitations::accept_as_new(&db, &first.invitation, bob, &client, now).await;
        assert!(matches!(again, Err(Error::NotFound { .. })), "{again:?}");
    }

    async fn starting_again_changes_nothing(db: Fresh) {
        let vault = given::vault();
        let first = setup::first_start(&db, &vault).await.unwrap().unwrap();
        let number = phone_numbers::find_by_e164(&db, &first.number).await.unwrap();
        assert!(setup::first_start(&db, &vault).await.unwrap().is_none());
        assert_eq!(phone_numbers::find_by_e164(&db, &first.number).await.unwrap(), number);
        assert!(api_keys::authenticate(&db, first.api_key.expose_secret(), domain::entity::now()).await.unwrap().is_some());
    }

    async fn of_many_first_starts_at_once_one_is_the_first(db: Fresh) {
        let vault = given::vault();
        let race = (0..4).map(|_| setup::first_start(&db, &vault));
        let starts = futures_util::future::join_all(race).await;
        assert_eq!(starts.into_iter().filter(|start| start.as_ref().unwrap().is_some()).count(), 1);
    }
}
