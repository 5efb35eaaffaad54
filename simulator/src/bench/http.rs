//! `simulator bench-http`: authenticated requests of the REST API, on a release build.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use clap::Args;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::{percentile, server::Server};

#[derive(Args)]
pub struct Arguments {
    /// The server to measure; unless given, `switchboard` beside this program
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
    /// An empty PostgreSQL database to measure as well; without it, SQLite alone
    #[arg(long, env = "BENCH_POSTGRES_URL", value_name = "URL", hide_env_values = true)]
    postgres: Option<String>,
    /// Clients that ask at once, one level after another
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16])]
    clients: Vec<usize>,
    /// Seconds for each line of the table
    #[arg(long, default_value_t = 10, value_name = "SECONDS")]
    seconds: u64,
    /// Directory of the server's models
    #[arg(long, default_value = "models", value_name = "DIR")]
    models_dir: PathBuf,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    println!(
        "| database | request | proof | clients | a second | p50 / p99 ms | server CPU µs a request |\n\
         |---|---|---|---|---|---|---|"
    );
    let databases = [("SQLite", None), ("PostgreSQL", arguments.postgres.as_deref())];
    for (name, url) in databases.into_iter().filter(|(name, url)| *name == "SQLite" || url.is_some()) {
        Box::pin(measure(&arguments, name, url)).await.with_context(|| format!("on {name}"))?;
    }
    Ok(())
}

async fn measure(arguments: &Arguments, database: &str, url: Option<&str>) -> anyhow::Result<()> {
    let binary = super::binary(arguments.server.as_deref())?;
    let mut variables = Vec::new();
    if let Some(url) = url {
        variables.push(("DATABASE_URL".to_owned(), url.to_owned()));
        // 32 bytes of 7: a key for a database that is thrown away.
        variables.push(("VAULT_KEYS".to_owned(), "bench:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".to_owned()));
    }
    let server = Server::start(&binary, &arguments.models_dir, &variables).await?;
    let tenant = Tenant::sign_up(&server.base).await?;
    for &clients in &arguments.clients {
        for work in WORK {
            let (done, cpu_s) = {
                let before = server.cpu_s()?;
                let done = load(&tenant, work, clients, Duration::from_secs(arguments.seconds)).await?;
                (done, server.cpu_s()? - before)
            };
            let count = done.len() as f64;
            println!(
                "| {database} | {} | {} | {clients} | {:.0} | {:.2} / {:.2} | {:.0} |",
                work.name,
                work.proof.name(),
                count / arguments.seconds as f64,
                percentile(&done, 0.5),
                percentile(&done, 0.99),
                cpu_s * 1e6 / count
            );
        }
    }
    server.stop().await
}

/// One kind of request.
#[derive(Clone, Copy)]
struct Work {
    name: &'static str,
    proof: Proof,
    request: fn(&Tenant) -> RequestBuilder,
}

/// How a request shows whose it is.
#[derive(Clone, Copy)]
enum Proof {
    None,
    Key,
    Jwt,
}

impl Proof {
    const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Key => "API key",
            Self::Jwt => "JWT",
        }
    }
}

/// The first two ask nothing of the database but who it is: what they cost beyond the one without is what
/// authentication costs.
const WORK: [Work; 7] = [
    Work { name: "`GET /health`", proof: Proof::None, request: |tenant| tenant.ask(Method::GET, "/health") },
    Work { name: "authenticated, nothing else", proof: Proof::Key, request: status },
    Work { name: "authenticated, nothing else", proof: Proof::Jwt, request: status },
    Work { name: "read one agent", proof: Proof::Key, request: agent },
    Work { name: "read one agent", proof: Proof::Jwt, request: agent },
    Work { name: "make a customer", proof: Proof::Key, request: customer },
    Work { name: "make a customer", proof: Proof::Jwt, request: customer },
];

fn status(tenant: &Tenant) -> RequestBuilder {
    tenant.ask(Method::GET, "/ws/status")
}

fn agent(tenant: &Tenant) -> RequestBuilder {
    tenant.ask(Method::GET, &format!("/agents/{}", tenant.agent))
}

fn customer(tenant: &Tenant) -> RequestBuilder {
    let name = uuid::Uuid::new_v4().to_string();
    tenant.ask(Method::POST, "/customers").json(&json!({ "external_id": name, "name": "Ada" }))
}

/// A tenant of the server, with both proofs.
struct Tenant {
    client: Client,
    base: String,
    key: String,
    jwt: String,
    agent: String,
}

impl Tenant {
    async fn sign_up(base: &str) -> anyhow::Result<Self> {
        let client = Client::builder().pool_max_idle_per_host(256).build()?;
        let mut tenant =
            Self { client, base: base.to_owned(), key: String::new(), jwt: String::new(), agent: String::new() };
        let person = json!({
            "email": "bench@example.com", "password": "a password for a bench", "name": "Bench", "tenant_name": "Bench",
        });
        let text = |answer: &Value, field: &str| answer[field].as_str().map(str::to_owned);
        let signed_up = tenant.make("/auth/sign-up", person).await?;
        tenant.jwt = text(&signed_up, "access_token").context("no access token")?;
        let scopes = json!({ "name": "bench", "scopes": ["read", "calls", "manage"] });
        tenant.key = text(&tenant.make("/api-keys", scopes).await?, "key").context("no key")?;
        tenant.agent = text(&tenant.make("/agents", json!({ "name": "Bench" })).await?, "id").context("no agent")?;
        Ok(tenant)
    }

    async fn make(&self, path: &str, body: Value) -> anyhow::Result<Value> {
        let request = self.ask(Method::POST, path).json(&body);
        let request = if self.jwt.is_empty() { request } else { request.bearer_auth(&self.jwt) };
        Ok(request.send().await?.error_for_status()?.json().await?)
    }

    fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }
}

/// Milliseconds of every request that so many clients made one after another in that time.
async fn load(tenant: &Tenant, work: Work, clients: usize, time: Duration) -> anyhow::Result<Vec<f64>> {
    let tenant = Arc::new(Tenant {
        client: tenant.client.clone(),
        base: tenant.base.clone(),
        key: tenant.key.clone(),
        jwt: tenant.jwt.clone(),
        agent: tenant.agent.clone(),
    });
    let end = Instant::now() + time;
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let tenant = Arc::clone(&tenant);
        tasks.spawn(async move {
            let mut times = Vec::new();
            while Instant::now() < end {
                let request = (work.request)(&tenant);
                let request = match work.proof {
                    Proof::None => request,
                    Proof::Key => request.header("X-API-Key", &tenant.key),
                    Proof::Jwt => request.bearer_auth(&tenant.jwt),
                };
                let began = Instant::now();
                let answer = request.send().await?;
                let status = answer.status();
                answer.bytes().await?;
                times.push(began.elapsed().as_secs_f64() * 1_000.0);
                ensure!(status.is_success(), "{}: {status}", work.name);
            }
            Ok(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = tasks.join_next().await {
        all.extend(times??);
    }
    Ok(all)
}
