//! Voice sockets for browsers and programs.

use poem::Route;

/// Routes below `/ws/voice-agent`: `/:session_id` is the socket.
pub fn routes() -> Route {
    Route::new()
}
