package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	_ "rejoinder/internal/cli" // what the binary is made of: so that a change of it makes these tests run again
)

// TestScripts runs testdata/script/*.txtar against the real binary, over HTTP. A script is lines of commands, then
// files in the txtar form. $NAME stands for what was saved, ${day:9} for the date nine days from today in New York.
//
// The engine of rogpeppe's testscript is not used: these scripts are a talk with one server that goes on running,
// in which what an answer held is part of the next request and a request is repeated until its answer comes. There
// each of these commands would be one of ours all the same.
//
//	start demo                      starts the binary; $BASE, and $LINK or $KEY from what it prints
//	stop                            ends it and expects a clean exit
//	run 2 import "my book.csv"      runs it to its end and expects the exit code; its output is looked at below
//	signin                          opens $LINK in the browser that all page calls share
//	call POST /path body.json key   sends a request: a file of the archive as JSON, with a bearer key, or Header:value
//	big 2000 big.json               makes a file of so many bytes
//	form POST /path a=b c=d         sends a form as the browser does, and follows the answer to its page
//	status 202                      of the last answer
//	is answer.json                  the last answer is this JSON; "*" in it stands for any value
//	see some words                  the last answer, or output, holds this
//	lack some words                 … does not
//	once some words                 … holds it once
//	until some words                sends the last request again until it does (20 s)
//	save NAME regexp (with group)   keeps a part of the last answer
func TestScripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			runScript(t, string(raw))
		})
	}
}

// binary builds the program once for all tests of the package.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "rejoinder-script")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "rejoinder")
	out, err := exec.Command("go", "build", "-buildvcs=false", "-o", path, "rejoinder/cmd/rejoinder").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// script is a script under way.
type script struct {
	t      *testing.T
	bin    string
	dir    string // holds the archive's files and the data
	vars   map[string]string
	client *http.Client
	last   func() (int, string) // sends the last request again
	status int
	body   string

	proc *exec.Cmd
	log  *bytes.Buffer
	done chan error
}

func runScript(t *testing.T, text string) {
	bin, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	jar, _ := cookiejar.New(nil)
	s := &script{t: t, bin: bin, dir: t.TempDir(), vars: map[string]string{}, client: &http.Client{Jar: jar, Timeout: time.Minute}}
	lines := s.unpack(text)
	t.Cleanup(s.kill)
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := s.do(line); err != nil {
			answer := s.body
			if len(answer) > 4000 {
				answer = answer[:4000] + "…"
			}
			t.Fatalf("line %d: %s\n%v\nlast answer %d:\n%s\nlog:\n%s", i+1, line, err, s.status, answer, s.log)
		}
	}
}

// unpack writes the archive's files and returns the script's lines, which are its comment.
func (s *script) unpack(text string) []string {
	archive := txtar.Parse([]byte(text))
	for _, f := range archive.Files {
		if err := os.WriteFile(filepath.Join(s.dir, f.Name), []byte(s.expand(string(f.Data))), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
	return strings.Split(string(archive.Comment), "\n")
}

func (s *script) do(line string) error {
	name, rest, _ := strings.Cut(line, " ")
	rest = s.expand(strings.TrimSpace(rest))
	words := strings.Fields(rest)
	switch name {
	case "start":
		return s.start(words)
	case "stop":
		return s.stop()
	case "run":
		return s.run(quoted(rest))
	case "signin":
		return s.form([]string{"POST", s.vars["LINK"]})
	case "call":
		return s.call(words)
	case "form":
		return s.form(words)
	case "status":
		if rest != strconv.Itoa(s.status) {
			return fmt.Errorf("the status is %d", s.status)
		}
	case "is":
		return s.is(rest)
	case "see":
		if !strings.Contains(s.body, rest) {
			return fmt.Errorf("the answer does not say so")
		}
	case "lack":
		if strings.Contains(s.body, rest) {
			return fmt.Errorf("the answer says so")
		}
	case "once":
		if n := strings.Count(s.body, rest); n != 1 {
			return fmt.Errorf("the answer says so %d times", n)
		}
	case "big":
		n, _ := strconv.Atoi(words[0])
		return os.WriteFile(filepath.Join(s.dir, words[1]), bytes.Repeat([]byte(" "), n), 0o600)
	case "until":
		return s.until(rest)
	case "save":
		key, pattern, _ := strings.Cut(rest, " ")
		m := regexp.MustCompile(pattern).FindStringSubmatch(s.body)
		if m == nil {
			return fmt.Errorf("the answer holds no such thing")
		}
		s.vars[key] = m[len(m)-1]
	default:
		return fmt.Errorf("there is no command %q", name)
	}
	return nil
}

var (
	dayVar  = regexp.MustCompile(`\$\{day:(\d+)\}`)
	longVar = regexp.MustCompile(`\$\{long:(\d+)\}`)
	nameVar = regexp.MustCompile(`\$([A-Z]+)`)
)

func (s *script) expand(text string) string {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		s.t.Fatal(err)
	}
	day := func(layout string, m *regexp.Regexp) func(string) string {
		return func(v string) string {
			n, _ := strconv.Atoi(m.FindStringSubmatch(v)[1])
			return time.Now().In(zone).AddDate(0, 0, n).Format(layout)
		}
	}
	text = dayVar.ReplaceAllStringFunc(text, day(time.DateOnly, dayVar))
	text = longVar.ReplaceAllStringFunc(text, day("Monday, January 2", longVar))
	return nameVar.ReplaceAllStringFunc(text, func(v string) string {
		if value, ok := s.vars[v[1:]]; ok {
			return value
		}
		return v
	})
}

// start starts a server and waits until it has printed what a person needs.
func (s *script) start(args []string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	address := l.Addr().String()
	_ = l.Close()
	s.vars["BASE"] = "http://" + address
	s.log = &bytes.Buffer{}
	s.proc = exec.Command(s.bin, append(args, "--listen", address, "--data-dir", filepath.Join(s.dir, "data"), "--log-level", "warn")...)
	s.proc.Dir, s.proc.Stderr = s.dir, s.log
	s.proc.Env = append(os.Environ(), "REJOINDER_CONFIG=")
	out, err := s.proc.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.proc.Start(); err != nil {
		return err
	}

	printed := bufio.NewScanner(out)
	for printed.Scan() {
		line := printed.Text()
		if m := regexp.MustCompile(`(http://\S+/(?:enter|setup)/\S+)`).FindString(line); m != "" {
			s.vars["LINK"] = m
			break
		}
		if m := regexp.MustCompile(`private key\s+(sk_\S+)`).FindStringSubmatch(line); m != nil {
			s.vars["KEY"] = m[1]
			break
		}
	}
	s.done = make(chan error, 1)
	go func() {
		_, _ = io.Copy(io.Discard, out)
		s.done <- s.proc.Wait()
	}()
	s.last = func() (int, string) { return s.get("/readyz") }
	return s.until("ready")
}

func (s *script) stop() error {
	if err := s.proc.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := <-s.done
	s.proc = nil
	return err
}

func (s *script) kill() {
	if s.proc != nil && s.proc.Process != nil {
		_ = s.proc.Process.Kill()
		if s.done != nil {
			<-s.done
		}
	}
}

// quoted splits a line at spaces that are not between quotation marks.
func quoted(line string) (words []string) {
	word, open, begun := "", false, false
	for _, r := range line + " " {
		switch {
		case r == '"':
			open, begun = !open, true
		case r == ' ' && !open:
			if begun {
				words = append(words, word)
			}
			word, begun = "", false
		default:
			word, begun = word+string(r), true
		}
	}
	return words
}

func (s *script) run(words []string) error {
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.bin, words[1:]...)
	cmd.Dir = s.dir
	out, err := cmd.CombinedOutput()
	s.status, s.body = cmd.ProcessState.ExitCode(), string(out)
	if words[0] != strconv.Itoa(s.status) {
		return fmt.Errorf("it ended with %d (%v)", s.status, err)
	}
	return nil
}

func (s *script) get(path string) (int, string) {
	return s.send(http.MethodGet, path, nil, "")
}

func (s *script) send(method, path string, header http.Header, body string) (int, string) {
	address := path
	if strings.HasPrefix(path, "/") {
		address = s.vars["BASE"] + path
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		return 0, err.Error()
	}
	maps.Copy(req.Header, header)
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, err.Error()
	}
	return resp.StatusCode, string(raw)
}

func (s *script) call(words []string) error {
	body, header := "", http.Header{}
	for _, w := range words[2:] {
		if raw, err := os.ReadFile(filepath.Join(s.dir, w)); err == nil {
			body = s.expand(string(raw))
			header.Set("Content-Type", "application/json")
		} else if name, value, ok := strings.Cut(w, ":"); ok {
			header.Set(name, value)
		} else {
			header.Set("Authorization", "Bearer "+w)
		}
	}
	s.last = func() (int, string) { return s.send(words[0], words[1], header, body) }
	s.status, s.body = s.last()
	return nil
}

func (s *script) form(words []string) error {
	fields := url.Values{}
	for _, w := range words[2:] {
		name, value, _ := strings.Cut(w, "=")
		value, err := url.QueryUnescape(value)
		if err != nil {
			return err
		}
		fields.Add(name, value)
	}
	s.last = func() (int, string) {
		return s.send(words[0], words[1], http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, fields.Encode())
	}
	s.status, s.body = s.last()
	return nil
}

func (s *script) until(words string) error {
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if s.status, s.body = s.last(); strings.Contains(s.body, words) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("it never did")
		case <-tick.C:
		}
	}
}
