//! Twilio's webhooks and media streams.

use poem::Route;

/// Routes below `/webhooks/twilio`.
pub fn routes() -> Route {
    Route::new()
}
