//! The characters an agent can have: built-in ones, and the tenant's own.

use std::borrow::Cow;

use entity::{TenantScoped, agent::AgentSettings, id::TenantId, persona};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

use crate::{
    Database, Error, Result,
    access::By,
    agents::{self, LONGEST_GREETING, LONGEST_INSTRUCTIONS, check_language, check_speed, check_template, check_text},
    audit, conversations,
};

/// Who speaks when nothing else is said.
pub const DEFAULT: &str = AgentSettings::DEFAULT_PERSONA;

/// Of one tenant: they are listed whole.
const MOST: u64 = 100;

/// A character.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// As the API calls it.
    pub name: Cow<'static, str>,
    pub title: Cow<'static, str>,
    pub description: Cow<'static, str>,
    /// Manner of speaking, in a few words.
    pub tone: Cow<'static, str>,
    /// The character's part of the system message.
    pub prompt: Cow<'static, str>,
    /// A voice of the OpenAI-compatible speech APIs.
    pub voice: Cow<'static, str>,
    pub greeting: Cow<'static, str>,
    /// 0.25–4; 1 is natural.
    pub speed: f64,
    /// ISO 639-1; `None`: the recogniser decides.
    pub language: Option<Cow<'static, str>>,
}

static BUILT_IN: [Persona; 3] = [
    Persona {
        name: Cow::Borrowed("friendly_guide"),
        title: Cow::Borrowed("Friendly guide"),
        description: Cow::Borrowed("Warm and helpful; explains step by step and checks that it was understood."),
        tone: Cow::Borrowed("warm, encouraging, conversational"),
        prompt: Cow::Borrowed(
            "You are a friendly guide. You are warm and patient, explain things step by step in plain words, and \
             make sure the caller feels understood before you move on.",
        ),
        voice: Cow::Borrowed("alloy"),
        greeting: Cow::Borrowed("Hi there, thanks for calling! How can I help you today?"),
        speed: 1.0,
        language: None,
    },
    Persona {
        name: Cow::Borrowed("calm_concierge"),
        title: Cow::Borrowed("Calm concierge"),
        description: Cow::Borrowed("Composed and courteous; takes requests precisely and confirms them."),
        tone: Cow::Borrowed("calm, polite, unhurried"),
        prompt: Cow::Borrowed(
            "You are a calm concierge. You are composed, courteous and precise, never in a hurry, and you confirm \
             the details of what the caller asks for.",
        ),
        voice: Cow::Borrowed("sage"),
        greeting: Cow::Borrowed("Good day, and thank you for calling. How may I be of service?"),
        speed: 0.95,
        language: None,
    },
    Persona {
        name: Cow::Borrowed("energetic_host"),
        title: Cow::Borrowed("Energetic host"),
        description: Cow::Borrowed("Lively and upbeat; keeps the conversation moving."),
        tone: Cow::Borrowed("upbeat, lively, enthusiastic"),
        prompt: Cow::Borrowed(
            "You are an energetic host. You are upbeat and lively, keep the conversation moving, and celebrate \
             small wins with the caller.",
        ),
        voice: Cow::Borrowed("nova"),
        greeting: Cow::Borrowed("Hey, great to hear from you! What can I do for you?"),
        speed: 1.05,
        language: None,
    },
];

impl Persona {
    /// Whether every tenant has it and none can change it.
    pub fn is_built_in(&self) -> bool {
        built_in_named(&self.name).is_some()
    }
}

/// The built-in ones, in the order they are listed.
pub fn built_in() -> &'static [Persona] {
    &BUILT_IN
}

/// The built-in one of that name.
pub fn built_in_named(name: &str) -> Option<&'static Persona> {
    BUILT_IN.iter().find(|persona| persona.name == name)
}

/// The built-in one that speaks when nothing else is said.
pub fn default() -> &'static Persona {
    built_in_named(DEFAULT).expect("the default persona is built in")
}

/// The one that the tenant calls so: its own, or a built-in one.
pub async fn find(db: &Database, tenant: TenantId, name: &str) -> Result<Persona> {
    find_in(&db.of(tenant), tenant, name).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, name: &str) -> Result<Persona> {
    match built_in_named(name) {
        Some(persona) => Ok(persona.clone()),
        None => Ok(own(tenant, name).one(conn).await?.ok_or(Error::NotFound { what: "persona" })?.into()),
    }
}

/// Makes sure that there is one of this name, and that it stays until the transaction ends: for what is to name it.
pub(crate) async fn hold(conn: &impl ConnectionTrait, tenant: TenantId, name: &str) -> Result<()> {
    if built_in_named(name).is_some() || own(tenant, name).lock_shared().one(conn).await?.is_some() {
        return Ok(());
    }
    Err(Error::invalid("persona", "there is none of this name; see GET /personas"))
}

/// The built-in ones, then the tenant's own by name.
pub async fn list(db: &Database, tenant: TenantId) -> Result<Vec<Persona>> {
    let own = persona::Entity::of(tenant).order_by_asc(persona::Column::Name).all(&db.of(tenant)).await?;
    Ok(BUILT_IN.iter().cloned().chain(own.into_iter().map(Persona::from)).collect())
}

/// A new one of the tenant's own. [`Error::Conflict`]: there is one of that name, built in or not.
pub async fn create(db: &Database, tenant: TenantId, by: &By, new: Persona) -> Result<Persona> {
    check(&new)?;
    if built_in_named(&new.name).is_some() {
        return Err(Error::Conflict { what: "persona" });
    }
    let tx = db.write(tenant).await?;
    if persona::Entity::of(tenant).count(&tx).await? >= MOST {
        return Err(Error::blocked("too_many_personas", format!("there are {MOST} personas of yours already")));
    }
    let now = entity::now();
    let row = persona::ActiveModel {
        tenant_id: Set(tenant),
        name: Set(new.name.into_owned()),
        title: Set(new.title.into_owned()),
        description: Set(new.description.into_owned()),
        tone: Set(new.tone.into_owned()),
        prompt: Set(new.prompt.into_owned()),
        voice: Set(new.voice.into_owned()),
        speed: Set(new.speed),
        language: Set(new.language.map(Cow::into_owned)),
        greeting: Set(new.greeting.into_owned()),
        created_at: Set(now),
        updated_at: Set(now),
    };
    let row = row.insert(&tx).await.map_err(Error::or_taken("persona"))?;
    audit::record(&tx, tenant, by, "persona.created", &row.name, None).await?;
    tx.commit().await?;
    Ok(row.into())
}

/// The persona, changed by `edit`; its name stays. Agents that name it speak so from their next conversation, or the
/// next stream of a call, on.
pub async fn update<F>(db: &Database, tenant: TenantId, by: &By, name: &str, edit: F) -> Result<Persona>
where
    F: FnOnce(&mut Persona),
{
    let tx = db.write(tenant).await?;
    let mut changed: Persona = lock(&tx, tenant, name).await?.into();
    edit(&mut changed);
    changed.name = Cow::Owned(name.to_owned());
    check(&changed)?;
    let row = persona::ActiveModel {
        tenant_id: Set(tenant),
        name: Set(name.to_owned()),
        title: Set(changed.title.into_owned()),
        description: Set(changed.description.into_owned()),
        tone: Set(changed.tone.into_owned()),
        prompt: Set(changed.prompt.into_owned()),
        voice: Set(changed.voice.into_owned()),
        speed: Set(changed.speed),
        language: Set(changed.language.map(Cow::into_owned)),
        greeting: Set(changed.greeting.into_owned()),
        updated_at: Set(entity::now()),
        created_at: NotSet,
    };
    let row = row.update(&tx).await?;
    audit::record(&tx, tenant, by, "persona.changed", name, None).await?;
    tx.commit().await?;
    Ok(row.into())
}

/// Removes one of the tenant's own. [`Error::Blocked`]: it is built in, or an agent's draft or published version, or
/// a conversation under way, names it.
pub async fn delete(db: &Database, tenant: TenantId, by: &By, name: &str) -> Result<()> {
    let tx = db.write(tenant).await?;
    lock(&tx, tenant, name).await?;
    let agents = agents::count_with_persona(&tx, tenant, name).await?;
    let conversations = conversations::count_with_persona(&tx, tenant, name).await?;
    if agents + conversations > 0 {
        let why = format!("the persona is in use: agents {agents}, conversations under way {conversations}");
        return Err(Error::blocked("persona_in_use", why));
    }
    persona::Entity::delete_of(tenant).filter(persona::Column::Name.eq(name)).exec(&tx).await?;
    audit::record(&tx, tenant, by, "persona.deleted", name, None).await?;
    Ok(tx.commit().await?)
}

fn own(tenant: TenantId, name: &str) -> Select<persona::Entity> {
    persona::Entity::of(tenant).filter(persona::Column::Name.eq(name))
}

/// One that may be changed: others wait until the transaction ends.
async fn lock(conn: &impl ConnectionTrait, tenant: TenantId, name: &str) -> Result<persona::Model> {
    if built_in_named(name).is_some() {
        return Err(Error::blocked("persona_built_in", "a built-in persona stays as it is: make one of your own"));
    }
    own(tenant, name).lock_exclusive().one(conn).await?.ok_or(Error::NotFound { what: "persona" })
}

fn check(persona: &Persona) -> Result<()> {
    let is_slug = |name: &str| {
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        plain && name.len() <= 64 && name.starts_with(|first: char| first.is_ascii_lowercase())
    };
    if !is_slug(&persona.name) {
        return Err(Error::invalid("name", "must be 1 to 64 small letters, digits and _, the first a letter"));
    }
    check_text("title", &persona.title, 200)?;
    check_text("description", &persona.description, 1_000)?;
    check_text("tone", &persona.tone, 200)?;
    check_text("prompt", &persona.prompt, LONGEST_INSTRUCTIONS)?;
    check_text("voice", &persona.voice, 200)?;
    check_text("greeting", &persona.greeting, LONGEST_GREETING)?;
    check_speed(Some(persona.speed))?;
    check_language(persona.language.as_deref())?;
    check_template("prompt", Some(&persona.prompt))?;
    check_template("greeting", Some(&persona.greeting))
}

impl From<persona::Model> for Persona {
    fn from(row: persona::Model) -> Self {
        Self {
            name: row.name.into(),
            title: row.title.into(),
            description: row.description.into(),
            tone: row.tone.into(),
            prompt: row.prompt.into(),
            voice: row.voice.into(),
            greeting: row.greeting.into(),
            speed: row.speed,
            language: row.language.map(Cow::Owned),
        }
    }
}
