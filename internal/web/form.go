package web

import (
	"errors"
	"net/http"

	"rejoinder/internal/fault"
)

// Problems is what is wrong with a form, by field name; "" holds what concerns the form as a whole.
type Problems map[string]string

// ProblemsOf turns a fault that a person can mend (Invalid, Conflict) into Problems, to be shown beside the
// fields of the same form. It returns nil for any other error, which the handler then returns as it is.
func ProblemsOf(err error) Problems {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok || (e.Kind != fault.Invalid && e.Kind != fault.Conflict) {
		return nil
	}
	return Problems{e.Field: e.Message}
}

// ParseForm reads the form of a POST. A body that is no form is Invalid, one over the limit TooLarge.
func ParseForm(r *http.Request) error {
	err := r.ParseForm()
	if err == nil {
		return nil
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.From(fault.TooLarge, err, "What you sent is larger than this page accepts.")
	}
	return fault.From(fault.Invalid, err, "The form could not be read. Go back and send it again.")
}

// Input is one field of a form: what the components "input", "textarea", "select" and "check" draw. Templates
// make it by a chain:
//
//	{{template "input" (input "email" "E-mail" .Email | kind "email" | help "Where we write to." | problem .Problems)}}
type Input struct {
	Name, Label, Value string
	ID                 string // the name unless set by ident, for two forms on one page
	Kind               string // of <input>: text, email, password, number, date, time, tel, url, search
	Help               string
	Problem            string
	Placeholder        string
	Suffix             string // unit shown behind the field: "days"
	Autocomplete       string
	Mode               string // inputmode: numeric, tel, …
	Min, Max           string
	Rows               int
	Options            []Option
	Checked            bool
	Switch             bool // a check drawn as a toggle switch
	Required           bool
	Disabled           bool
	Autofocus          bool
	Mono               bool // a key, an address, a number to compare by eye
}

// Option is one choice of a select.
type Option struct{ Value, Label string }

// Described lists the ids of the help and the problem, for aria-describedby.
func (in Input) Described() string {
	switch {
	case in.Help != "" && in.Problem != "":
		return in.ID + "-help " + in.ID + "-problem"
	case in.Help != "":
		return in.ID + "-help"
	case in.Problem != "":
		return in.ID + "-problem"
	}
	return ""
}

// inputFuncs are the links of the chain. Each takes the field last, where a pipe puts it, and returns a copy.
func inputFuncs() map[string]any {
	return map[string]any{
		"input": func(name, label string, value any) Input {
			return Input{Name: name, ID: name, Label: label, Value: text(value), Kind: "text", Rows: 4}
		},
		"check": func(name, label string, checked bool) Input {
			return Input{Name: name, ID: name, Label: label, Value: "on", Kind: "checkbox", Checked: checked}
		},
		"ident":        func(v string, in Input) Input { in.ID = v; return in },
		"kind":         func(v string, in Input) Input { in.Kind = v; return in },
		"help":         func(v string, in Input) Input { in.Help = v; return in },
		"problem":      func(p Problems, in Input) Input { in.Problem = p[in.Name]; return in },
		"placeholder":  func(v string, in Input) Input { in.Placeholder = v; return in },
		"suffix":       func(v string, in Input) Input { in.Suffix = v; return in },
		"autocomplete": func(v string, in Input) Input { in.Autocomplete = v; return in },
		"mode":         func(v string, in Input) Input { in.Mode = v; return in },
		"value":        func(v string, in Input) Input { in.Value = v; return in },
		"rows":         func(n int, in Input) Input { in.Rows = n; return in },
		"options":      func(o []Option, in Input) Input { in.Options = o; return in },
		"between":      func(lo, hi any, in Input) Input { in.Min, in.Max = text(lo), text(hi); return in },
		"required":     func(in Input) Input { in.Required = true; return in },
		"disabled":     func(in Input) Input { in.Disabled = true; return in },
		"autofocus":    func(in Input) Input { in.Autofocus = true; return in },
		"mono":         func(in Input) Input { in.Mono = true; return in },
		"switch":       func(in Input) Input { in.Switch = true; return in },
	}
}
