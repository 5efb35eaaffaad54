//! Has a release build embed the admin UI anew when it changed; a debug build reads it from the disk.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo::rerun-if-changed=../admin-ui/dist");
    }
}
