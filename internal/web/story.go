package web

import (
	"net/http"

	"rejoinder/internal/fault"
)

// Story serves /story: every component in every state, and one example of each kind of page, from fixed data.
// It reads and changes nothing, and is mounted in development and in the demo only, at "/story" and "/story/".
func (k *Kit) Story() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /story", k.Handle(k.story))               // people who build pages
	mux.Handle("GET /story/{page}", k.Handle(k.story))        // the same
	mux.Handle("POST /story/preview", k.Handle(k.storyCount)) // the example editor, as it is typed
	mux.Handle("POST /story/{page}", k.Handle(k.storyPost))   // the example forms
	return mux
}

func (k *Kit) story(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("page")
	if name == "" {
		name = "components"
	}
	page, ok := storyPages()[name]
	if !ok {
		return fault.New(fault.NotFound, "There is no such story.")
	}
	status := http.StatusOK
	if name == "editor" {
		status = http.StatusUnprocessableEntity // it shows a form that was refused
	}
	return k.own.Render(w, r, status, "story-"+name+".html", page)
}

// storyPost answers every example form by coming back, so that the flash message can be seen.
func (k *Kit) storyPost(w http.ResponseWriter, r *http.Request) error {
	if err := ParseForm(r); err != nil {
		return err
	}
	k.Flash(r, OK, "Saved. (In the story nothing is kept.)")
	return SeeOther(w, r, localPath(r.Referer()))
}

func (k *Kit) storyCount(w http.ResponseWriter, r *http.Request) error {
	if err := ParseForm(r); err != nil {
		return err
	}
	return k.own.Fragment(w, r, http.StatusOK, "story-editor.html", "preview", storyPreviewOf(r.PostForm.Get("copy")))
}
