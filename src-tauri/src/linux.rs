//! Settings that WebKitGTK offers and Tauri does not: British spelling, a menu
//! with nothing but text in it, no copies of answers in a disk cache.

use webkit2gtk::{
    CacheModel, ContextMenuAction, ContextMenuExt, ContextMenuItemExt, LoadEvent, WebContext, WebContextExt, WebView, WebViewExt,
};

/// What a right click may offer. "Learn spelling" is missing on purpose: it
/// would write the word, perhaps a name, readable into the user's home folder.
const OFFERED: [ContextMenuAction; 8] = [
    ContextMenuAction::Copy,
    ContextMenuAction::Cut,
    ContextMenuAction::Paste,
    ContextMenuAction::Delete,
    ContextMenuAction::SelectAll,
    ContextMenuAction::SpellingGuess,
    ContextMenuAction::NoGuessesFound,
    ContextMenuAction::IgnoreSpelling,
];

/// Applies them to the window's view.
pub fn settle(view: &WebView) {
    if let Some(context) = view.context() {
        context.set_cache_model(CacheModel::DocumentViewer);
        check_spelling_once_drawn(view, context);
    }
    view.connect_context_menu(|_, menu, _, _| {
        for item in menu.items() {
            if !OFFERED.contains(&item.stock_action()) {
                menu.remove(&item);
            }
        }
        false
    });
}

/// The dictionary is read on the thread that draws: not before there is something to see.
fn check_spelling_once_drawn(view: &WebView, context: WebContext) {
    view.connect_load_changed(move |_, event| {
        if event == LoadEvent::Finished {
            context.set_spell_checking_languages(&["en_GB"]);
            context.set_spell_checking_enabled(true);
        }
    });
}
