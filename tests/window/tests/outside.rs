//! Ways out of the app: the system opens the links it has a program for, the window shows the app whatever a
//! page asks for, and what got into a page by mistake gets nowhere.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use halyard_window_tests::{Desktop, Window, until};
use serde_json::{Value, json};

const PRESS: &str = "const link = document.createElement('a'); link.href = arguments[0]; \
     document.body.append(link); link.click(); link.remove();";

/// What somebody's words would do that a page took for markup. Answers how a request to the address ended.
const INJECTED: &str = "const [address, done] = arguments; window.broken = []; \
     addEventListener('securitypolicyviolation', (event) => window.broken.push(event.effectiveDirective)); \
     const script = document.createElement('script'); script.textContent = 'window.ran = true'; \
     document.body.append(script); \
     document.body.insertAdjacentHTML('beforeend', '<i id=\"planted\" onclick=\"window.ran = true\"></i>'); \
     document.getElementById('planted').click(); \
     fetch(address).then(() => done('answered'), () => done('blocked'));";
const COMMAND: &str = "const [name, done] = arguments; \
     window.__TAURI_INTERNALS__.invoke(name, {}).then(() => done('done'), (why) => done(String(why)));";

/// Gives the desktop a program with maps. Answers the file that it writes the places it is given to.
fn with_maps(desktop: &Desktop) -> PathBuf {
    let applications = desktop.folder().join("data").join("applications");
    let (program, places) = (desktop.folder().join("maps"), desktop.folder().join("places"));
    fs::create_dir(&applications).unwrap();
    fs::write(&program, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", places.display())).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let entry = format!(
        "[Desktop Entry]\nType=Application\nName=Maps\nExec={} %u\nMimeType=x-scheme-handler/geo;\n",
        program.display()
    );
    fs::write(applications.join("maps.desktop"), entry).unwrap();
    let chosen = "[Default Applications]\nx-scheme-handler/geo=maps.desktop\n";
    fs::write(desktop.folder().join("config").join("mimeapps.list"), chosen).unwrap();
    places
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_out_of_the_app_is_the_systems_and_the_app_stays() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let places = with_maps(&desktop);
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.call_until("stage", |stage| stage["is"] == "new").await.unwrap();
    window.sees(&["Підключитися"]).await.unwrap();

    window.client.execute(PRESS, vec![json!("geo:50.45,30.52")]).await.unwrap();
    let opened = async || Ok(fs::read_to_string(&places).is_ok_and(|one| one == "geo:50.45,30.52\n"));
    until("the map is opened", opened).await.unwrap();

    window.client.execute(PRESS, vec![json!("tel:+380441234567")]).await.unwrap();
    let told = "Немає програми для дзвінків. Скопійовано: +380441234567";
    window.sees(&["Підключитися", told]).await.unwrap();

    // What the page does not see itself: the window goes nowhere, and the system is asked as well.
    fs::remove_file(&places).unwrap();
    for link in ["tel:+380441234567", "geo:50.45,30.52"] {
        window.client.execute("location.href = arguments[0]", vec![json!(link)]).await.unwrap();
    }
    until("the map is opened", opened).await.unwrap();
    window.client.execute("open(arguments[0])", vec![json!("tel:+380441234567")]).await.unwrap();
    window.sees(&["Підключитися"]).await.unwrap();
    assert_eq!(window.client.windows().await.unwrap().len(), 1, "a second window was opened");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_got_into_a_page_runs_not_asks_nobody_else_and_commands_nothing_but_what_is_ours() {
    let desktop = Desktop::start(1366, 768).unwrap();
    let window = Window::open(&desktop, &desktop.profile("olena")).await.unwrap();
    window.sees(&["Підключитися"]).await.unwrap();

    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let address = format!("http://{}/", elsewhere.local_addr().unwrap());
    let asked = window.client.execute_async(INJECTED, vec![json!(address)]).await.unwrap();
    assert_eq!(asked, "blocked");
    assert_eq!(elsewhere.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "it was asked");
    let refused = |broken: &Value, rule: &str| {
        let all = broken.as_array().into_iter().flatten().filter_map(Value::as_str);
        all.filter(|one| one.starts_with(rule)).count()
    };
    let all = |broken: &Value| refused(broken, "script-src") == 2 && refused(broken, "connect-src") == 1;
    window.script_until("return window.broken", &[], all).await.unwrap();
    let ran = window.client.execute("return window.ran ?? null", Vec::new()).await.unwrap();
    assert_eq!(ran, Value::Null, "it ran");

    for core in ["plugin:window|set_title", "plugin:webview|create_webview_window", "plugin:opener|open_url"]
    {
        let answer = window.client.execute_async(COMMAND, vec![json!(core)]).await.unwrap();
        assert!(answer.as_str().unwrap().contains("not allowed"), "{core}: {answer}");
    }
    let ours = window.call("stage", json!({})).await.unwrap();
    assert_eq!(ours["is"], "new");
}
