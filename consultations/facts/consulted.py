"""The question that every round asks of every organisation (consultation-model.md, "Questionnaire")."""

PURPOSE = "consulted"

TEXTS = {
    "es": "¿Cómo consultaron a sus personas asociadas?",
    "pt": "Como consultaram as suas pessoas associadas?",
    "en": "How did you consult your members?",
    "fr": "Comment avez-vous consulté vos membres ?",
}

OPTIONS = (
    {"es": "En asamblea", "pt": "Em assembleia", "en": "In an assembly", "fr": "En assemblée"},
    {
        "es": "En reuniones por comunidad o por grupo",
        "pt": "Em reuniões por comunidade ou por grupo",
        "en": "In meetings by community or group",
        "fr": "En réunions par communauté ou par groupe",
    },
    {
        "es": "Con visitas, llamadas o mensajes",
        "pt": "Com visitas, ligações ou mensagens",
        "en": "By visits, calls or messages",
        "fr": "Par des visites, des appels ou des messages",
    },
    {
        "es": "Lo decidió la junta directiva",
        "pt": "A diretoria decidiu",
        "en": "The board decided",
        "fr": "Le conseil d'administration a décidé",
    },
    {
        "es": "No las consultamos",
        "pt": "Não as consultamos",
        "en": "We did not consult them",
        "fr": "Nous ne les avons pas consultés",
    },
)
