//! Who may do what: every operation of the document, judged by hand. A new operation belongs here.

use domain::access::Permission::{self, Administer, Configure, Converse, Own, Read};

/// What an operation asks of whoever calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// Twilio's signature.
    Signature,
    /// A key or a role that gives this permission.
    Permission(Permission),
    /// A person's session: it serves them and not their tenant.
    Session,
    /// The session of somebody who runs the platform.
    Operator,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub method: &'static str,
    pub path: &'static str,
    pub asks: Asks,
    /// Why it leaves nothing in the audit log though it is no GET.
    pub unaudited: Option<&'static str>,
    /// Why it takes no `Idempotency-Key` though it makes something.
    pub not_idempotent: Option<&'static str>,
}

impl Rule {
    const fn unaudited(mut self, reason: &'static str) -> Self {
        self.unaudited = Some(reason);
        self
    }

    const fn not_idempotent(mut self, reason: &'static str) -> Self {
        self.not_idempotent = Some(reason);
        self
    }

    /// Whether its success must be found in the audit log.
    pub fn is_audited(&self) -> bool {
        matches!(self.asks, Asks::Permission(_)) && self.method != "GET" && self.unaudited.is_none()
    }
}

const fn rule(method: &'static str, path: &'static str, asks: Asks) -> Rule {
    Rule { method, path, asks, unaudited: None, not_idempotent: None }
}

const fn open(method: &'static str, path: &'static str) -> Rule {
    rule(method, path, Asks::Nothing)
}

const fn personal(method: &'static str, path: &'static str) -> Rule {
    rule(method, path, Asks::Session)
}

const fn operator(method: &'static str, path: &'static str) -> Rule {
    rule(method, path, Asks::Operator)
}

const fn signed(path: &'static str) -> Rule {
    rule("POST", path, Asks::Signature)
}

const fn get(path: &'static str, permission: Permission) -> Rule {
    rule("GET", path, Asks::Permission(permission))
}

const fn post(path: &'static str, permission: Permission) -> Rule {
    rule("POST", path, Asks::Permission(permission))
}

const fn patch(path: &'static str, permission: Permission) -> Rule {
    rule("PATCH", path, Asks::Permission(permission))
}

const fn put(path: &'static str, permission: Permission) -> Rule {
    rule("PUT", path, Asks::Permission(permission))
}

const fn delete(path: &'static str, permission: Permission) -> Rule {
    rule("DELETE", path, Asks::Permission(permission))
}

const TALK: &str = "the conversation's rows are its record";
const NOTHING_KEPT: &str = "nothing is kept of it";

pub const TABLE: &[Rule] = &[
    open("GET", "/"),
    open("GET", "/health"),
    open("GET", "/health/ready"),
    open("POST", "/auth/sign-up").not_idempotent("an address signs up once, and its answer is a session"),
    open("POST", "/auth/sign-in"),
    open("POST", "/auth/refresh"),
    open("POST", "/auth/sign-out"),
    personal("GET", "/auth/me"),
    personal("PATCH", "/auth/me"),
    personal("POST", "/auth/password/change"),
    open("POST", "/auth/password/forgot"),
    open("POST", "/auth/password/reset"),
    personal("POST", "/auth/email/verify"),
    personal("POST", "/auth/email/send-verification"),
    personal("GET", "/auth/sessions"),
    personal("DELETE", "/auth/sessions/{id}"),
    get("/personas", Read),
    get("/personas/{persona}", Read),
    post("/personas", Configure),
    patch("/personas/{persona}", Configure),
    delete("/personas/{persona}", Configure),
    post("/agents", Configure),
    get("/agents", Read),
    get("/agents/{id}", Read),
    patch("/agents/{id}", Configure),
    delete("/agents/{id}", Configure),
    post("/agents/{id}/publish", Configure),
    post("/agents/{id}/rollback", Configure),
    get("/agents/{id}/versions", Read),
    get("/agents/{id}/versions/{number}", Read),
    post("/voice/speech-to-text", Converse).unaudited(NOTHING_KEPT),
    post("/voice/text-to-speech", Converse).unaudited(NOTHING_KEPT),
    post("/conversation/start", Converse).unaudited(TALK),
    post("/conversation/process", Converse).unaudited(TALK),
    post("/voice-agent/process", Converse).unaudited(TALK),
    get("/conversations", Read),
    get("/conversations/{id}", Read),
    get("/conversations/{id}/summary", Read),
    get("/conversations/{id}/turns", Read),
    post("/customers", Configure),
    get("/customers", Read),
    post("/customers/import", Configure),
    get("/customers/{id}", Read),
    patch("/customers/{id}", Configure),
    delete("/customers/{id}", Administer),
    get("/customers/{id}/conversations", Read),
    get("/calls", Read),
    get("/calls/{id}", Read),
    get("/calls/{id}/turns", Read),
    post("/calls/{id}/hang-up", Converse).unaudited(TALK),
    get("/conversations/{id}/recordings", Read),
    get("/calls/{id}/analyses", Read),
    get("/conversations/{id}/analyses", Read),
    post("/conversations/{id}/analyses", Converse),
    get("/analyses/{id}", Read),
    get("/recordings/{id}", Read),
    post("/recordings/{id}/url", Read),
    // Signed, for players.
    open("GET", "/recordings/{id}/audio"),
    delete("/recordings/{id}", Administer),
    post("/recordings/{id}/transcribe", Converse),
    post("/transcriptions", Converse),
    get("/transcriptions", Read),
    get("/transcriptions/{id}", Read),
    delete("/transcriptions/{id}", Administer),
    get("/conversations/{id}/transcript", Read),
    get("/calls/{id}/transcript", Read),
    get("/transcripts/search", Read),
    post("/phone-numbers", Configure),
    get("/phone-numbers", Read),
    get("/phone-numbers/{id}", Read),
    get("/twilio/configuration", Read),
    patch("/phone-numbers/{id}", Configure),
    delete("/phone-numbers/{id}", Configure),
    post("/phone-numbers/{id}/configure", Configure),
    post("/phone-numbers/{id}/test", Configure),
    get("/vault", Administer),
    post("/vault/rotate", Own),
    get("/provider-credentials", Administer),
    put("/provider-credentials/{stage}", Administer),
    delete("/provider-credentials/{stage}", Administer),
    post("/provider-credentials/{stage}/test", Administer).unaudited(NOTHING_KEPT),
    post("/http-tools", Configure),
    get("/http-tools", Read),
    get("/http-tools/{id}", Read),
    patch("/http-tools/{id}", Configure),
    delete("/http-tools/{id}", Configure),
    post("/http-tools/{id}/test", Configure),
    post("/webhook-endpoints", Configure),
    get("/webhook-endpoints", Read),
    get("/webhook-endpoints/{id}", Read),
    patch("/webhook-endpoints/{id}", Configure),
    delete("/webhook-endpoints/{id}", Configure),
    post("/webhook-endpoints/{id}/rotate-secret", Configure),
    post("/webhook-endpoints/{id}/test", Configure),
    post("/webhook-endpoints/{id}/enable", Configure),
    post("/webhook-endpoints/{id}/disable", Configure),
    post("/webhook-endpoints/{id}/replay", Configure),
    get("/webhook-deliveries", Read),
    get("/webhook-deliveries/{id}", Read),
    post("/webhook-deliveries/{id}/replay", Configure),
    get("/events", Read),
    get("/events/stream", Read),
    get("/event-types", Read),
    post("/tools/understanding/speech-to-text", Converse).unaudited(NOTHING_KEPT),
    post("/tools/response/text-to-speech", Converse).unaudited(NOTHING_KEPT),
    post("/tools/conversation/start", Converse).unaudited(TALK),
    post("/tools/conversation/process", Converse).unaudited(TALK),
    get("/tenant", Read),
    patch("/tenant", Own),
    get("/warnings", Read),
    post("/tenant/delete", Own),
    open("POST", "/auth/restore-tenant"),
    get("/tenant/retention", Read),
    put("/tenant/retention", Administer),
    post("/tenant/retention/preview", Administer).unaudited("changes nothing"),
    personal("POST", "/tenants"),
    personal("GET", "/auth/tenants"),
    personal("POST", "/auth/switch"),
    get("/members", Administer),
    patch("/members/{user_id}", Administer),
    delete("/members/{user_id}", Administer),
    personal("DELETE", "/members/me"),
    post("/invitations", Administer),
    get("/invitations", Administer),
    delete("/invitations/{id}", Administer),
    open("POST", "/auth/invitations/look-up"),
    open("POST", "/auth/invitations/sign-up").not_idempotent("an invitation serves once, and its answer is a session"),
    personal("POST", "/auth/invitations/accept"),
    operator("GET", "/operator/cleanup"),
    operator("POST", "/operator/cleanup/preview"),
    operator("GET", "/operator/tenants"),
    operator("GET", "/operator/tenants/{id}"),
    operator("POST", "/operator/tenants/{id}/suspend"),
    operator("POST", "/operator/tenants/{id}/delete"),
    operator("POST", "/operator/tenants/{id}/reactivate"),
    operator("GET", "/operator/tenants/{id}/limits"),
    operator("PATCH", "/operator/tenants/{id}/limits"),
    post("/api-keys", Administer),
    get("/api-keys", Administer),
    delete("/api-keys/{id}", Administer),
    get("/audit-events", Administer),
    get("/jobs", Read),
    get("/jobs/{id}", Read),
    post("/jobs/{id}/retry", Configure),
    delete("/jobs/{id}", Configure),
    operator("GET", "/operator/jobs"),
    operator("GET", "/operator/jobs/{id}"),
    operator("POST", "/operator/jobs/{id}/retry"),
    operator("DELETE", "/operator/jobs/{id}"),
    get("/limits", Read),
    patch("/limits", Administer),
    get("/usage", Read),
    get("/overview", Read),
    get("/conversations/{id}/usage", Read),
    get("/ws/status", Read),
    post("/ws/disconnect/{session_id}", Converse).unaudited(TALK),
    signed("/webhooks/twilio/incoming"),
    signed("/webhooks/twilio/continue"),
    signed("/webhooks/twilio/status"),
    signed("/webhooks/twilio/recording"),
    signed("/webhooks/twilio/test"),
    open("GET", "/webhooks/twilio/fallback"),
    open("POST", "/webhooks/twilio/fallback"),
];
