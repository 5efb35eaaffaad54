//! The PostgreSQL server of a test process.

use std::{
    env,
    fs::File,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Duration,
};

use sea_orm::ConnectionTrait;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::connect;

/// Started by the first test that asks, shared by all of the process.
pub(super) static SERVER: LazyLock<Server> = LazyLock::new(|| {
    // On a thread of its own, because the asking test is inside a runtime already.
    let started = thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime can be built").block_on(Server::start())
    });
    started.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
});

pub(super) struct Server {
    /// `{}` stands for the database's name.
    url: String,
    /// Begins the names of this process' databases.
    prefix: String,
    databases: AtomicU32,
    /// Two copies of one template at once get in each other's way.
    template: Mutex<()>,
    /// Held, not used: the server stops when its pipe closes, which the system does however this process ends.
    _guard: Option<Child>,
}

impl Server {
    async fn start() -> Self {
        let (url, guard) = match env::var("TEST_POSTGRES_URL") {
            Ok(given) => (with_placeholder(&given), None),
            Err(_) => {
                let (url, guard) = throw_away();
                (url, Some(guard))
            }
        };
        let prefix = format!("switchboard_test_{}", Uuid::new_v4().simple());
        let server = Self { url, prefix, databases: AtomicU32::new(0), template: Mutex::new(()), _guard: guard };
        server.answers().await;
        server.create(&server.template_name(), "template1").await;
        let template = connect(&server.url(&server.template_name())).await;
        migration::up(template.connection()).await.expect("migrations of an empty database succeed");
        // Copied only while nobody is connected to it.
        template.close().await.expect("the template can be left");
        server
    }

    pub(super) fn url(&self, database: &str) -> String {
        self.url.replace("{}", database)
    }

    pub(super) async fn migrated_database(&self) -> String {
        self.numbered(&self.template_name()).await
    }

    pub(super) async fn empty_database(&self) -> String {
        self.numbered("template1").await
    }

    fn template_name(&self) -> String {
        format!("{}_template", self.prefix)
    }

    async fn numbered(&self, template: &str) -> String {
        let name = format!("{}_{}", self.prefix, self.databases.fetch_add(1, Ordering::Relaxed));
        self.create(&name, template).await;
        name
    }

    async fn create(&self, name: &str, template: &str) {
        let _one_at_a_time = self.template.lock().await;
        let admin = connect(&self.url("postgres")).await;
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        admin.connection().execute_unprepared(&create).await.expect("the user may create databases");
        admin.close().await.expect("the connection can be closed");
    }

    /// Waits until the server takes connections; at most half a minute, for a machine that is busy compiling.
    async fn answers(&self) {
        let url = self.url("postgres");
        let mut last = None;
        for _ in 0..300 {
            match sea_orm::Database::connect(&url).await {
                Ok(connection) => {
                    connection.close().await.expect("the connection can be closed");
                    return;
                }
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("PostgreSQL does not answer ({last:?}); a throw-away server's log is at switchboard-pg-*/log");
    }
}

/// Puts `{}` for the database of a URL.
fn with_placeholder(url: &str) -> String {
    let (url, options) = url.split_once('?').map_or((url, String::new()), |(url, rest)| (url, format!("?{rest}")));
    let (scheme, rest) = url.split_once("://").expect("TEST_POSTGRES_URL is a URL");
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    format!("{scheme}://{host}/{{}}{options}")
}

/// Starts a server that listens on a socket file only, in a directory that it takes along when it stops.
fn throw_away() -> (String, Child) {
    let binaries = binaries().expect("PostgreSQL is not installed: `make test` installs it");
    let directory = tempfile::Builder::new().prefix("switchboard-pg-").tempdir();
    let directory = directory.expect("the directory for temporary files is writable").keep();
    let is_root = command_output("id", &["-u"]) == "0";
    if is_root {
        command_output("chown", &["postgres", path_text(&directory)]);
    }
    // The shell outlives this process just long enough to clean up behind it. INT is PostgreSQL's fast shutdown.
    let script = r#"
        "$1/initdb" -D "$2/data" -U postgres -A trust -E UTF8 --locale=C -N >&2 || exit 1
        "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
            -c full_page_writes=off -c max_connections=500 </dev/null >&2 &
        read _
        kill -INT $!
        wait $!
        rm -rf "$2"
    "#;
    // PostgreSQL refuses to run as root.
    let mut command = if is_root { Command::new("setpriv") } else { Command::new("sh") };
    if is_root {
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "sh"]);
    }
    let log = File::create(directory.join("log")).expect("the directory for temporary files is writable");
    let guard = command
        .args(["-c", script, "sh", path_text(&binaries), path_text(&directory)])
        .current_dir(&directory)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(log)
        // Ctrl-C in a terminal must not end the shell before it has cleaned up.
        .process_group(0)
        .spawn()
        .expect("a shell can be started");
    (format!("postgres://postgres@localhost/{{}}?host={}", directory.display()), guard)
}

/// Where `initdb` and `postgres` lie: in the PATH, or where Debian puts them, the newest version first.
fn binaries() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut debian: Vec<_> = Path::new("/usr/lib/postgresql").read_dir().into_iter().flatten().flatten().collect();
    debian.sort_by_key(|version| version.file_name().to_string_lossy().parse::<u32>().unwrap_or(0));
    let debian = debian.into_iter().rev().map(|version| version.path().join("bin"));
    let is_there = |directory: &PathBuf| ["initdb", "postgres"].iter().all(|name| directory.join(name).exists());
    env::split_paths(&path).chain(debian).find(is_there)
}

fn command_output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
    assert!(output.status.success(), "{program} {arguments:?} failed");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn path_text(path: &Path) -> &str {
    path.to_str().expect("paths of temporary files and programs are UTF-8")
}
