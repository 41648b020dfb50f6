package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/alecthomas/kong"

	"rejoinder/internal/fault"
)

// fileFlag is the --config flag. It is read before all others; see parse.
type fileFlag string

// parse reads the command line with the file and the environment behind it. The environment's resolver stands
// last, because the last that has a value wins: file < environment < flag.
func parse(parser *kong.Kong, c *commandLine, args []string) (*kong.Context, error) {
	path, err := configPath(args)
	if err != nil {
		return nil, err
	}
	var resolvers []kong.Resolver
	if path != "" {
		file, err := readConfig(path)
		if err != nil {
			return nil, err
		}
		resolvers = append(resolvers, file)
	}
	resolvers = append(resolvers, environment())
	for _, r := range resolvers {
		if err := kong.Resolvers(r).Apply(parser); err != nil {
			return nil, err
		}
	}
	return parser.Parse(args)
}

// configPath finds --config without the parser, which has to know the file before it parses.
func configPath(args []string) (string, error) {
	for i, a := range args {
		if a == "--" {
			break
		}
		if v, ok := strings.CutPrefix(a, "--config="); ok {
			return v, nil
		}
		if a == "--config" {
			if i+1 == len(args) {
				return "", fault.Field("config", "--config needs the name of a file.")
			}
			return args[i+1], nil
		}
	}
	return os.Getenv("REJOINDER_CONFIG"), nil
}

// environment resolves flags from the variables of their env tags.
func environment() kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
		for _, name := range f.Envs {
			if v, ok := os.LookupEnv(name); ok {
				return v, nil
			}
		}
		return nil, nil //nolint:nilnil // "no value from here" in kong's interface
	})
}

// configFile is a JSON object whose keys are flags' names.
type configFile struct {
	path   string
	values map[string]any
}

func readConfig(path string) (*configFile, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.From(fault.Invalid, err, "The settings file %s cannot be read.", path)
	}
	c := &configFile{path: path}
	if err := json.Unmarshal(raw, &c.values); err != nil {
		return nil, fault.From(fault.Invalid, err, "The settings file %s is not a JSON object: %v.", path, err)
	}
	return c, nil
}

// Validate refuses names that are no settings: a typo must not be silent.
func (c *configFile) Validate(app *kong.Application) error {
	known := map[string]bool{}
	for _, f := range app.Flags {
		known[f.Name] = true
	}
	var unknown []string
	for name := range c.values {
		if !known[name] || name == "help" || name == "config" {
			unknown = append(unknown, fmt.Sprintf("%q", name))
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	sort.Strings(unknown)
	return fault.New(fault.Invalid, "The settings file %s has names that are no settings: %s.", c.path, strings.Join(unknown, ", "))
}

// Resolve returns the file's value for a flag.
func (c *configFile) Resolve(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	return c.values[f.Name], nil
}
