"""The shell every page stands in: design system, navigation, lists, languages. It knows no room."""
