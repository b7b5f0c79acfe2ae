// hello is the least that a console on Bubble Tea can be, at the console's frame rate: the floor that the console is
// measured against.
package main

import (
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"
)

// hello counts the keys.
type hello int

func (h hello) Init() tea.Cmd { return nil }

func (h hello) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.String() == "ctrl+c" {
			return h, tea.Quit
		}
		h++
	}
	return h, nil
}

func (h hello) View() tea.View {
	v := tea.NewView(fmt.Sprintf("hello %d", int(h)))
	v.AltScreen = true
	return v
}

func main() {
	if _, err := tea.NewProgram(hello(0), tea.WithFPS(120)).Run(); err != nil {
		os.Exit(1)
	}
}
