//! Another password, and the links that are mailed.

use domain::{accounts, entity};
use poem::{Request, web::Data};
use poem_openapi::{ApiResponse, Object, OpenApi, payload::Json, types::Example};
use secrecy::SecretString;

use super::Tag;
use crate::{AppState, auth::SignedIn, client::client, problem::ApiError};

pub struct Passwords;

#[derive(Object)]
#[oai(example)]
struct PasswordChange {
    #[oai(validator(max_length = 512))]
    current_password: String,
    /// 12–128 characters.
    #[oai(validator(max_length = 512))]
    new_password: String,
}

impl Example for PasswordChange {
    fn example() -> Self {
        Self { current_password: "correct horse battery".into(), new_password: "staple of another horse".into() }
    }
}

#[derive(Object)]
#[oai(example)]
struct Forgotten {
    email: String,
}

impl Example for Forgotten {
    fn example() -> Self {
        Self { email: "ada@example.com".into() }
    }
}

#[derive(Object)]
#[oai(example)]
struct Reset {
    /// Of the link in the mail.
    #[oai(validator(max_length = 200))]
    token: String,
    /// 12–128 characters.
    #[oai(validator(max_length = 512))]
    password: String,
}

impl Example for Reset {
    fn example() -> Self {
        Self { token: Verification::example().token, password: "staple of another horse".into() }
    }
}

#[derive(Object)]
#[oai(example)]
struct Verification {
    /// Of the link in the mail.
    #[oai(validator(max_length = 200))]
    token: String,
}

impl Example for Verification {
    fn example() -> Self {
        Self { token: "Gd8kR2vXw0pQ5sTnZ7yLb4HcJf9MaEoUi3W6NxKr".into() }
    }
}

#[derive(ApiResponse)]
enum Done {
    #[oai(status = 204)]
    NoContent,
}

#[derive(ApiResponse)]
enum Asked {
    /// If there is such an account, it gets a mail
    #[oai(status = 202)]
    Accepted,
}

#[derive(ApiResponse)]
enum Sent {
    /// The mail is on its way
    #[oai(status = 202)]
    Accepted,
}

#[OpenApi(tag = "Tag::Accounts")]
impl Passwords {
    /// Change the password
    ///
    /// Ends all other sessions of the user, in all tenants.
    #[oai(path = "/auth/password/change", method = "post")]
    async fn change(
        &self,
        me: SignedIn,
        state: Data<&AppState>,
        change: Json<PasswordChange>,
    ) -> Result<Done, ApiError> {
        let PasswordChange { current_password, new_password } = change.0;
        let (current, new) = (SecretString::from(current_password), SecretString::from(new_password));
        let whose = (me.user, me.session);
        accounts::change_password(&state.database, me.tenant, me.by(), whose, &current, &new, entity::now()).await?;
        Ok(Done::NoContent)
    }

    /// Ask for a link to a new password
    ///
    /// The same answer whether there is such an account or not. The link is good for an hour and for one use.
    #[oai(path = "/auth/password/forgot", method = "post")]
    async fn forgot(
        &self,
        request: &Request,
        state: Data<&AppState>,
        forgotten: Json<Forgotten>,
    ) -> Result<Asked, ApiError> {
        let (db, now) = (state.database.clone(), entity::now());
        let email = accounts::may_ask_for_reset(&db, &client(request), &forgotten.email, now).await?;
        // Not before the answer: the time it takes would tell whether there is an account.
        state.post.send_what(async move { accounts::reset_link(&db, &email, now).await });
        Ok(Asked::Accepted)
    }

    /// Choose a new password with the token of the link
    ///
    /// Ends all sessions of the user. 422 where the token is good no more.
    #[oai(path = "/auth/password/reset", method = "post")]
    async fn reset(&self, request: &Request, state: Data<&AppState>, reset: Json<Reset>) -> Result<Done, ApiError> {
        let (token, password) = (SecretString::from(reset.0.token), SecretString::from(reset.0.password));
        accounts::reset_password(&state.database, &client(request), &token, &password, entity::now()).await?;
        Ok(Done::NoContent)
    }

    /// Ask for another mail to confirm the e-mail address
    ///
    /// Its link is good for 48 hours and for one use; those of earlier mails are good no more. 409 where the address is
    /// confirmed already.
    #[oai(path = "/auth/email/send-verification", method = "post")]
    async fn send_verification(&self, me: SignedIn, state: Data<&AppState>) -> Result<Sent, ApiError> {
        let mail = accounts::verification_again(&state.database, me.user, me.by(), entity::now()).await?;
        state.post.send(mail);
        Ok(Sent::Accepted)
    }

    /// Confirm the e-mail address with the token of the link
    ///
    /// As the account that it was sent to.
    #[oai(path = "/auth/email/verify", method = "post")]
    async fn verify(
        &self,
        me: SignedIn,
        state: Data<&AppState>,
        verification: Json<Verification>,
    ) -> Result<Done, ApiError> {
        let token = SecretString::from(verification.0.token);
        accounts::verify_email(&state.database, me.user, me.by(), &token, entity::now()).await?;
        Ok(Done::NoContent)
    }
}
