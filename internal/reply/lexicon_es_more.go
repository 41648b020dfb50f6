package reply

// spanishArguments are what commands are said with.
var spanishArguments = []row{
	{role: object, trait: later, say: `
		el|la|lo|del|al siguiente|que_sigue|que_le_sigue|otro|de_despues|posterior|proximo
		el|la siguiente|proximo|proxima|otro THING
	`},
	{role: object, say: `
		lo|la|le|este|esta|esto|eso|ese|esa|el|aquel
		este|esta|ese|esa mismo|misma|de_aqui|de_ahora
		por|x? esta vez|ocasion|vuelta|ronda|ves
		solo|solamente|nada_mas|nomas por|x? esta vez|ocasion|vuelta
		este|esta|ese NEXT? THING NEXT?
		DET? NEXT? THING NEXT? mio|mia|nuestro|de_esta_vez|de_ahora|de_la_suscripcion|de_suscripcion?
		DET? NEXT? THING|uno|una de este|ese|esta mes|semana
		el|la|lo de este|esta|ese mes|semana|vez|ocasion|turno
		MY SUB
		el|la NEXT
		el|la que viene|sigue|toca|llega|va_a_llegar|iba_a_llegar|esta_por_llegar|sale|va_a_salir|me_toca|me_van_a_mandar|tengo_programado|esta_programado|programado
		este mes
		mi turno
		this|the order|one|month
	`},
	{role: object, trait: plural, say: `
		DET? THINGS
	`},
	{role: object, trait: every, say: `
		todo|todos|todas|toda|ambos|ambas
		todo|todos|todas|toda|ambos|ambas los|las|mis|mi|el|la|lo THING|THINGS|SUB|que_tengo?
		ambos|ambas THINGS
		los|las dos|2 THINGS?
	`},
	{role: object, n: 2, say: `
		DET? proximos|siguientes|proximas dos|2 THINGS?
		DET? dos|2 proximos|siguientes|proximas THINGS?
		DET? dos|2 THINGS proximos|siguientes|proximas
		DET? dos|2 ORDERS
		este|esta|esto|ese y|e el|la siguiente|que_sigue|que_viene|proximo|proxima|otro|de_despues THING?
		este|esta mes y el NEXT|que_entra
		dos veces
	`},
	{role: object, n: 3, say: `
		DET? proximos|siguientes|proximas tres|3 THINGS?
		DET? tres|3 proximos|siguientes|proximas THINGS?
		DET? tres|3 THINGS proximos|siguientes|proximas
		DET? tres|3 ORDERS
	`},
	{role: object, n: 4, say: `
		DET? proximos|siguientes|proximas cuatro|4 THINGS?
		DET? cuatro|4 proximos|siguientes|proximas THINGS?
	`},
	{role: number, trait: more, n: 1, say: `
		otro|otra BAGS? mas|extra|adicional? de?
		uno|una|un|1 BAGS? mas|extra|adicional de?
	`},
	{role: number, trait: more, say: `
		mas|extra|extras|adicional|adicionales|de_mas
	`},
	{role: number, trait: less, n: 1, say: `
		uno|una|un|1 BAGS? menos de?
	`},
	{role: number, trait: less, say: `
		menos|de_menos
	`},
	{role: number, n: 1, say: `
		uno|una
		uno|una|un|1 solo|sola|BAGS de?
		uno|una|un|1 sola BAGS de?
	`},
	{role: timed, say: `
		hasta que CL? paguen|cobre|avise|diga|digamos|llegue|mejore|acabe|acabemos|termine|vuelva|pueda|nos_veamos|yo_les_diga|te_avise|les_avise|regrese|nuevo
		hasta nuevo aviso
		a|hasta fin|fines|finales de mes cobro|cobre|me_pagan|pagan|nos_pagan
		pasado|pasando|despues_de|tras el|la|las|los puente|fiesta|fiestas|feria|vacaciones|examenes de? la? inmaculada|constitucion?
		para|en|hasta entonces|ese_entonces|esas_fechas|ese_momento
		ese|aquel dia
		hasta mi paga|quincena|regreso|vuelta
		semana|semanas|mes|meses|dia|dias|hora|horas|siempre|ano|anos
		un|una|dos|tres|1|2|3|unas|unos hora|horas|minutos|ano|anos
	`},
	{role: toward, say: `
		a|al|por|x|con|para|pa|hacia
		a|por el|la|un|una
	`},
	{role: instead, say: `
		en a|lugar|vez|ves|cambio
		en|a lugar|vez|ves|cambio de|del
		envez|enlugar de|del
		y no
	`},
	{role: rather, say: `
		mejor|mas_bien|en_cambio|en_su_lugar|en_vez|en_vez_de_eso|en_lugar_de_eso|en_su_vez
	`},
	{role: suits, say: `
		CL? esta|estaria|seria|queda|viene|funciona|parece|conviene|quedaria|vendria|iria perfecto|bien|mejor|perfecto|genial?
	`},
	{role: goods, say: `
		DET? BAGS de?
		DET? WARES
	`},
}

// spanishFrames are what commands are asked with, turned round by, made to depend on, or taken back with.
var spanishFrames = []row{
	{role: frame, say: `
		CL? CL? CAN CL? CL? PL? por_favor?
		CL? CL? CAN hacer|hacerme|hacernos|ayudar|ayudarme|ayudarnos el|la|un? favor|a|con|en? de|para|con|a?
		sera|es|seria|fuera que|posible|factible que|de|si? CAN?
		hay|habria|habra|tienen|tendrian algun? inconveniente|problema|pega en|de|con|para que|CL? CL? CL?
		CL? importaria|molestaria|colabora|colaboran|colaboras|regala|regalan|hace_la_caridad que|de|con?
		hay|habria alguna? forma|manera|modo|posibilidad|chance de|para|que
		CL? CL? WANT CL? CL? PL?
		CL? CL? WANT que|q|k|pedirles|pedirte|pedirle|solicitar|ver_si|saber_si|pedir|hacer|que_porfavor que|q|k|CAN? CL? CL?
		que|q|k CL? CL?
		CL? CL? hay|tienes|tienen|tiene|tengo|tenemos|habra|habria|tendran que CL?
		CL? CL? voy|vamos|va|van|vas a CL?
		favor|porfavor|porfa|xfa de|que CL?
		ayudenme|ayudame|ayudeme|ayuden|ayudarme a|con
		CL? CL? DO el|un? favor? de? CL?
		CL? pido|pedimos|solicito|solicitamos|agradeceria|agradeceriamos|ruego|encargo|piden|encargamos que|q|si|de|CAN? CL? CL?
		a ver si CL? CL? CAN?
		CL? CL? se puede|podra|podria|pueda|podran CL?
		necesito|ocupo|hace_falta|necesitamos que? CL?
		vamos|vayan a CL?
		quiero|queremos hacer un|el|una?
		prefiero|preferimos|preferiria que? CL?
		no se|te|les|le CL? olvide|olviden|olvides de? que?
		no olvides|olviden|olvide de?
		asegurate|asegurense|asegurese de|que que?
		marca~|marquen~ como|para
		dime|digame|diganme|dinos|decidme|avisame|avisenme|me_dicen|me_dices
		estoy|estamos queriendo|buscando|interesado|interesada en?
		me_toca|toca que?
		entonces|pues|asi_que|so
	`},
	{role: not, trait: vague, say: `
		no CL? CL? puedo|pude|pudimos|podemos|deja|dejo|dejaba|logro|logre|permite|permitio|se_pudo|se_puede|funciona|funciono|pudo
		no CL? CL? he|hemos|han|has podido|pedido|dicho|logrado|querido
		no CL? CL? pedi|dije|quise|queria|solicite|autorice
	`},
	{role: not, say: `
		en lugar|vez|ves de
		no CL? es|hay|hace necesario|necesidad|falta|preciso de|que|CL? CL? CL?
		no
		no CL CL?
		nunca|jamas|tampoco|ni
		sin
		ya no
		no quiero|queremos|deseo|deseamos|necesito|necesitamos|voy_a|vamos_a|hay_que|hace_falta|quisiera|me_gustaria|vayan_a|vayas_a|tienes_que|tienen_que|puedo|pueden|podemos|puedes que? CL? CL?
	`},
	{role: hedge, say: `
		quizas|quiza|tal_vez|talvez|a_lo_mejor|puede_que|puede_ser|posiblemente|probablemente|igual_y|capaz|creo|pienso|supongo|tal_vez_deberia que?
		estoy|ando|estaba|estamos pensando en?
		no se si|que|cual|cuando?
		no estoy seguro|segura
	`},
	{role: cond, say: `
		si no|todavia|aun|ya|hay|es|esta|estan|se|me|te|lo|la|le|les|nos|mi|el|los|las|sale|salio|llega|tengo|tienen|quieren|fuera|no_ha|puedo|podemos|cuesta|cobran|alguien|son|va|van|cambia|baja|sube|para|antes
		a menos que
		salvo que|si
		siempre_y_cuando|siempre_que|con_tal_de_que|en_caso_de|en_caso_de_que|depende|dependiendo|solo_si|excepto|con_tal_que
	`},
	{role: asks, say: `
		deberia|deberiamos|debo|debemos|convendria|conviene|deberia_de|tendria_que|tendre_que|hace_falta que?
		como le|se|CL? hago|hace|hacemos|puedo|podria|podemos|salto|omito|pospongo|retraso|pauso|cancelo|funciona|aplazo para|CL?
		que|q pasa|pasaria|sucede|sucederia|ocurre|significa|hace|opinas|opinan|dicen|tal|es|tal_si si|cuando?
		todavia|aun puedo|se_puede|podria|podemos|estoy_a_tiempo|alcanzo|es_posible de|a?
		puedo|podria|se_puede|podemos todavia|aun
		es|sera muy? tarde para
		estoy|estamos a_tiempo de|para
		cuantas veces|cuanto_tiempo
		y si
		por que|q
		porque|para_que
		hay opcion|algun_costo|penalizacion|problema|multa de|para|por|si|en?
		ya CL? saltaron|saltaste|salto|omitieron|retrasaron|pausaron|cancelaron
	`},
	{role: turn, say: `
		espera|espere|esperen|esperate|esperense|aguanta|perate|pera un? momento|poco|tantito|segundo?
		mejor no
		no perdon|espera|esperen|mejor|mejor_no|digo
		digo|ups|oops|upss|uy|rectifico|corrijo|olvidalo|olvidenlo|olvidelo|ignora_eso|ignoren_eso|es_broma|broma|mentira|siempre_no|pensandolo_bien|pensandolo_mejor|me_equivoque_de|no_es_cierto|bueno_no|nah
	`},
	{role: or, say: `
		o
		o bien|sea|si_no
	`},
	{role: and, say: `
		y|e|pero|aunque|sino|luego|despues|ademas|asi_que|por_lo_que|entonces|por_eso|por_lo_tanto|asi|n
	`},
	{role: because, say: `
		porque|pq|xq|xk|pork|porq|ya_que|pues|es_que|esq|debido_a|como|dado_que|puesto_que|por_que|porke|a_causa_de|gracias_a|por_motivo|por_motivos|x_que
	`},
	{role: tells, say: `
		STILL? STILL? HAVE STILL?
		STILL? BE
		me|nos mudo|mudamos|fui|fuimos|cambio|opero|operaron|operan|salio|dieron|llego|dijeron|paso|pusieron|pidieron|regalaron|quede|quedamos|compre|tomo|enferme
		tuve|tuvimos|compre|compramos|viajo|viajamos|he|hemos|acabo_de|acabamos_de|recibi|recibimos|gaste|gastamos|perdi|perdimos|ando|mi_esposo|mi_esposa|mi_marido|mi_mujer|mi_mama|mi_papa|mi_hijo|mi_hija|mis_hijos|mi_familia|mi_suegra|mi_jefe|mi_doctor|el_doctor|el_medico|mi_medico|la_doctora
		este|esta|ese|esa no es|era|son
		no hay|he|hemos|alcanzo|alcanza|llego|estoy|estamos|estare|estaremos|voy_a_estar|vamos_a_estar|cabe|caben|traigo|tomamos|consumimos|uso|usamos|tengo|tenemos
		ya no CL? cabe|caben|alcanza|tomo|tomamos|consumo|uso
		salté|saltó|atrasó|mandé|mandó|pospuse|saltaron|saltaste|saltamos_el|retrasó|retrasé|retrasaron|pausé|pausó|omití|omitió|envió|envié|enviaron|mandaron|cancelé|canceló|cambio|brincó|brinque|olvide|adelanto
		me saltaron|salté|brincaron|retraso|retrasaron|retrasó|enviaron|mandaron
		ya CL? cobre|cobramos|pagaron
		ya CL? CL? habia|habiamos|salté
		habia|habiamos
	`},
	{role: reason, means: Skip, say: `
		porque|ya_que|es_que|pues|como|aun_asi? STILL? STILL? HAVE STILL? de|MUCH|NUM? MUCH|NUM|de? NUM|de? WARES|de_cafe|de_te? lleno|llena|llenas|sin_abrir|sin_usar|guardado|guardada|en_casa|aqui|todavia|aun|de_sobra|en_la_despensa?
		porque|ya_que|es_que|pues? CL? cabe|caben|hace_falta mas? WARES?
	`},
	{role: reason, say: `
		porque|ya_que|es_que|pues|como|y|que? STILL? BE AWAY todo|toda|este|esta|el|la|por|hasta? mes|semana|trabajo|ahora|verano?
		porque|ya_que|es_que|pues? me|nos mudo|mudamos|estamos_mudando|estoy_mudando|voy_de_viaje|vamos_de_viaje|toca_viajar|quede_sin_trabajo|voy_de_vacaciones|vamos_de_vacaciones este|esta|la|el|de? mes|semana|casa|proxima_semana?
		porque|ya_que|es_que|pues? no hay|tengo|tenemos|traigo|ando dinero|lana|plata|feria|varo|presupuesto|espacio|efectivo este|esta|por|ahora? mes|semana|vez|ahora?
		porque|ya_que|es_que|pues? no CL? alcanza|alcanzo el|la? dinero|presupuesto|lana|plata? este|esta? mes|semana?
		porque|ya_que|es_que|pues? voy|vamos|estoy|salimos|salgo a|de|con estar? fuera|viaje|vacaciones|viajar|la_playa|mudarme|mudarnos|mudanza
	`},
}

// spanishTalk are complete statements, and words that change nothing.
var spanishTalk = []row{
	{role: says, means: Thanks, say: `
		muchas|muchisimas|mil|millones|un_millon|miles|infinitas de? gracias|grasias|grax
		gracias|grasias|grax|graciass|graciias|grcs|grcias|grx|thx|thanks|tks por|x|de|a? todo|su_ayuda|tu_ayuda|la_ayuda|avisar|el_aviso|su_atencion|su_apoyo|tu_atencion|avisarme|avisarnos|el_recordatorio|su_comprension|la_atencion|su_tiempo|el_mensaje|recordarme|tu_mensaje|su_mensaje|saltarlo|la_informacion|la_info|ustedes|ti|usted|dios|antemano?
		gracias de antemano
		CL? agradezco|agradeceria|agradecere|agradecemos|agradeceriamos mucho|de_antemano|muchisimo?
		hola|ola|holi|holis|holaa|holaaa|buenas|buenos|saludos|quiubo|que_onda|q_onda|que_tal|q_tal|que_hubo|buen|estimados|estimado|estimada|estimadas|wenas|buenass|holiwis dias|tardes|noches|dia|tarde|noche|tal|equipo|amigos|a_todos|chicos|gente|senores|como_estas|como_estan|como_esta|como_andan|que_tal?
		buenos|buenas|buen|feliz|linda|bonito|bonita|excelente|lindo|felices dia|dias|tarde|tardes|noche|noches|semana|fin_de_semana|fiestas|navidad|jueves|viernes
		que|q|k tenga|tengan|tengas|pasen|pase|pases|esten|este|estes CL? un|una|muy? buen|buena|bien|lindo|linda|excelente|bonito|feliz|muy_bien? dia|tarde|noche|semana|fin_de_semana?
		ok|okay|okey|oki|okis|vale|bueno|listo|perfecto|excelente|genial|buenisimo|entendido|enterado|enterada|recibido|super|anotado|hecho|vale_vale|de_acuerdo|muy_bien|esta_bien|todo_bien|de_lujo|chido|padrisimo|bacan|joya|barbaro|okas ok|gracias?
		de nada
		muy amable|amables
		que dios|diosito|el_senor CL? CL? lo? pague|bendiga|guarde
		bendiciones|saludos|un_saludo|un_abrazo|abrazos|besos|adios|bye|nos_vemos|hasta_luego|igualmente|cordialmente|atentamente|atte|un_cordial_saludo|dios_los_bendiga|dios_te_bendiga|que_rico|que_bien|que_bueno
		me|nos encanta|encanto|gusta|gusto|encantan su|el|tu? cafe|te|producto?
	`},
	{role: filler, say: `
		PL
		por|x favor|fa|fis
		si|cuando|cuanto CL? puede_ser|pudiera_ser|se_pudiera|cabe|se_deja|pueden|puedes|puede|pudieran|pudieras|pudiera|podrian|podrias|podria|se_puede|es_posible|fuera_posible|fuese_posible|gustan|gusta|gustas|quieren|es_tan_amable|son_tan_amables|fueran_tan_amables|fueras_tan_amable|no_es_molestia|no_es_mucha_molestia|no_es_problema|no_hay_problema|no_hay_inconveniente|hacen_el_favor|haces_el_favor|parece_bien PL?
		de ser posible
		si|CL? no les|te|le importa|molesta
		bien|entonces|pues|pos|oye|oiga|oigan|mira|mire|miren|eh|ah|jaja|jajaja|jaj|jajajaja|jeje|ja|jejeje|nomas|solo|solamente|unicamente|nada_mas|simplemente|tambien|tmb|tb|tbn|tambn|ademas|amigo|amiga|amigos|amigas|senor|senora|senorita|joven|jovenes|equipo|disculpa|disculpe|disculpen|disculpas|lo_siento|una_disculpa|va|sale|ps|o_sea|digamos|nuevamente|otra_vez|de_nuevo|favor|hey|de_verdad|en_serio|aca|aqui|chicos|chicas|gente|todos_ustedes|eso_es_todo|por_ahora|por_el_momento|x_ahora|de_momento|por_lo_pronto|de_favor|al_menos|por_lo_menos|por_esta_ocasion|ahi|bonita|linda|lindo|reina|carino|corazon|vecino|jefe|jefa|compa|carnal|wey|guey|bro|chavos|muchachos|gracias_y|ya|ya_pues|igual|mismo|mas_bien|finalmente|al_final|porfa_si|de_una|nada|le
		me|nos haces|hacen|hace|harias|harian|haria el|un favor de|si?
		para|pa|p nosotros|mi|aca|aqui
		me|te|se|nos|os|le|les
		mi amor|vida|cielo|rey|reina|corazon|nino|nina|hijo|hija
		cualquier|algun dia
		tarde
		ninguno|ninguna
		y ya|listo|gracias
		de_ahora en adelante
		en adelante
		a partir de ahora
		temporalmente|provisionalmente
		ustedes|uds|usted|ud|vos|tu|yo|nosotros
		siri|mensaje|texto
		por mi parte
		en mi cuenta|suscripcion
		de mi cuenta|suscripcion|parte|lado
		signo|punto|coma|de_exclamacion|de_interrogacion
		que rollo
	`},
	{role: says, means: Next, say: `
		cuando|when|cuand|qndo|kuando CL? CL? llega|llegara|sale|salio|toca|vence|envian|mandan|entregan|viene|es|seria|sera|va_a_llegar|va_a_salir|me_llega|se_envia|recibo|recibire|esta|tengo|despachan|cobran|cae|traen MY? NEXT? THING|THINGS|cafe|te|SUB|uno|una? NEXT?
		cual|que|q|cuales es|son|seria|sera|sigue|viene|toca MY? NEXT? THING|THINGS|fecha|cafe? NEXT?
		que|q CL? CL? toca|viene|llega|llegara|mandan|envian|trae|incluye|sigue en|con? MY? NEXT? THING? este_mes?
		que|q CL? CL? voy_a|vamos_a|van_a CL? recibir~|mandar~|enviar~ en? MY? NEXT? THING? este_mes?
		que|q recibo|tengo|hay|recibire en|con|para MY NEXT? THING NEXT?
		que|q|cual WARES|producto|bolsa CL? CL? toca|llega|viene|mandan|envian|llegara este_mes|ahora?
		NEXT THING
		MY THING ya? salio|viene|llega|sale|va|esta en_camino|listo|hoy?
		ya CL? salio|viene|va|mandaron|enviaron|llega MY THING
		proximo|proxima|siguiente|next
		MY NEXT THING
		estado|estatus|status|situacion de? MY? THING|SUB?
		donde|dond esta|viene|anda|va MY THING|cafe|te
		para cuando CL? llega|sale|es|esta|toca|tengo MY? THING?
		que|q dia|fecha CL? CL? llega|sale|toca|es|me_toca|envian|mandan|entregan MY? NEXT? THING?
		ver|revisar|consultar|checar|saber MY NEXT? THING
		fecha de MY NEXT? THING|envio|entrega
	`},
	{role: says, means: Link, say: `
		SEND|send|text|dame|get|need|das|dan|pasas|pasan|comparten? CL? CL? el|la|un|una|tu|su|otro? LINK de|para|a? MY? cuenta|suscripcion|pagina|perfil|entrar|portal?
		SEND|pasa~|pase~|pasen~|comparte~|compartan~|dame|denme|deme la|el|su|tu pagina|portal|sitio|web para|donde|de|web?
		pasa~|pase~|pasen~|comparte~|compartan~|da~|dame|denme|deme|quiero|necesito|ocupo|reenvia~|reenvien~ el|la|un|una? LINK de|para|a? MY? cuenta|suscripcion|pagina|entrar?
		como CL? entro|accedo|administro|manejo|ingreso|gestiono|veo|inicio_sesion|me_meto|puedo_entrar|puedo_ver|puedo_administrar|puedo_acceder|hago_para_entrar|cambio_mi_tarjeta|edito|abro a|en? MY? cuenta|suscripcion|pedidos|perfil|portal|pagina?
		donde CL? entro|administro|cambio|veo|manejo|inicio_sesion|puedo_ver|puedo_cambiar a? MY? cuenta|pedido|pedidos|suscripcion|tarjeta?
		mi cuenta
		iniciar|inicio|entrar sesion|de_sesion|a_mi_cuenta
		entrar|acceder|ingresar a|en MY cuenta
		administrar|gestionar|manejar MY? SUB
		cambiar~|actualizar~|modificar~|cambio|actualizo|poner|agregar MY|otra|una_nueva|la? tarjeta|forma_de_pago|metodo_de_pago|tarjeta_de_credito
		portal
	`},
	{role: says, means: Keep, say: `
		CL? sigo|seguimos queriendo|queriendolo|interesado|interesada
		que? CL? dejeis|dejes|dejen como|tal_cual esta?
		asi esta|va|vamos bien|perfecto
		que CL? venga|llegue|salga|manden|envien nomas|no_mas|tal_cual
		vamos|va|voy|estamos bien asi
		dejalo|dejala|dejenlo|dejenla|dejelo|dejela|dejalos
		deja~|dejen~|deje~|dejad~|dejemos~ asi|igual|tal_cual|como_esta|como_estan|todo_igual|todo_asi|asi_como_esta|asi_nomas|en_paz como_esta|como_estaba?
		sin cambios|ningun_cambio|cambiar_nada|novedad
		ningun cambio
		todo igual|asi|como_esta|como_siempre|sigue_igual|queda_igual
		no CL? cambies|cambien|cambie|muevan|mueva|muevas|toquen|modifiquen|hagan|quiten|quites|cambiar|mover|modificar|alteren nada|ningun_cambio|cambios|mi_pedido|la_fecha|de_fecha
		no quiero|queremos|necesito cambios|ningun_cambio|cambiar_nada|hacer_cambios
		si? lo|la|los|las quiero|queremos|kiero todavia|aun|igual|como_siempre|todos?
		todavia|aun|si lo|la|los|las? quiero|queremos mi|el|la|este|esta? THING|cafe?
		mantener~|manten~|mantenga~|mantengan~|conservar~|conserva~|conserven~|mantenerlo MY? THING|igual|asi|como_esta|todo|fecha?
		no CL? canceles|cancelen|cancele|cancelar nada|mi|la? THING|SUB?
		quedate|quedense|me_quedo con|el|la? el|la|lo? que_tengo|pedido|mismo?
		SEND? lo de siempre
		igual que siempre
		sigan|sigue|siga|seguir|seguimos|continuen mandando|enviando|igual|asi|mandandome|como_siempre|con_normalidad
		esta|sigue bien asi|el_24|como_esta|esa_fecha
		si|sí? mandenlo|mandalo|envienlo|envialo|manden|envien como_siempre|normal|igual|como_esta_programado|segun_lo_programado|cuando_toque
	`},
	{role: says, means: Yes, say: `
		sí|sii|siii|sip|sep|simon|afirmativo|correcto|exacto|efectivamente|por_supuesto|claro_que_si|desde_luego|asi_es|orale|obvio
		si PL?
		claro|dale|adelante|hazlo|haganlo|hagale|hagalo|procede|procedan|confirmo|confirmado|venga|vale_si|esta_bien_si|asi_mero|va_que_va
		claro que si|claro|por_supuesto
		si claro|senor|senora|gracias|correcto
	`},
	{role: says, means: No, say: `
		no gracias|grasias|muchas_gracias|senor|senora?
		todavia|aun no
		mejor no
		ahora|ahorita no
		todavia|aun|ya no gracias
		no|nop CL? todavia|aun|ahora|ahorita|por_ahora|ahora_mismo
		nop|nel|nel_pastel|nones|negativo|para_nada|de_ninguna_manera|jamas|que_va|noo|nooo|noooo
	`},
	{role: says, means: Person, say: `
		cuanto|cuanta|q_tanto CL? voy|van|va|es|cuesta|sale|costaria|cobran|cobraran|pago|seria|debo|vale a? cobrar|pagar|costar?
		tienen|tienes|hay|venden|manejan|ofrecen|hacen|cuentan un|una|de|con|el|la? WARES|algo|otros|otro|otra|opciones|disponible|descafeinado|manzanilla|sabores|descuentos|entregas|envios
		tienen|venden|manejan
		organico|organica|cafeina|gluten|azucar|vegano|kosher|lactosa|molido|molienda|grano_entero|tostado_fuerte
		que|cual WARES es|son|tiene|trae|recomiendan
		ayuda con|sobre|en|de MY THING|SUB|cuenta?
		necesito|quiero|ocupo ayuda
		hablar|platicar|comunicar~|contactar~|charlar con|a una|un|alguien|el|la|ustedes|algun? persona|agente|humano|asesor|representante|encargado|gerente|alguien|servicio|ejecutivo|operador|operadora|dueno|vendedor?
		persona|agente|humano|asesor|asesora|representante|gerente|operador|operadora|encargado real|de_verdad|humana?
		llamen~|llama~|llameme|llamenme|llamame|marquenme|marcame|contactenme|contacteme|hablenme|llamar~
		reembolso|reembolsos|devolucion|reembolsar~|reembolsen~|devuelvan~|devolver~|devuelvanme
		cobraron|cobro|cobros|cobrado|cobran|cobre|cargo|cargos|factura|facturas|recibo_de_compra|precio|precios|descuento|cupon|costo|cuesta|cuestan|costaria|caro|promocion|promociones|rebaja
		roto|rota|rotas|rotos|abierto|abierta|danado|danada|danados|mojado|mojada|incompleto|incompleta|golpeado|golpeada|aplastado|aplastada|vencido|vencida|caducado|rancio|mal_estado|equivocado|equivocada|defectuoso|defectuosa
		nunca|jamas CL? llego|recibi|llega|ha_llegado MY? THING?
		no CL? ha? llego|llegado|recibi|hemos_recibido|he_recibido
		llego|vino mal|tarde|otro|otra|vacio|vacia|sin
		me|nos mandaron|enviaron|llego|falto|falta|faltan otro|otra|mal|mal_el|equivocado|el_equivocado|un|una|el|la|una_bolsa|dos?
		falta|faltan|falto|faltaron una|un|dos|el|la|mi|bolsas
		direccion|domicilio|queja|reclamo|reclamacion|problema|problemas|garantia|pregunta|duda|consulta|telefono|correo|supervisor|abogado|robaron|robo|fraude|demanda|paqueteria
		cambie|cambio|cambiar|actualizar|nueva|corregir de|MY direccion|domicilio|correo|telefono
		cancelar~|cancela~|cancelen~|cancele~|terminar~|termina~|terminen~|anular~|anulen~|eliminar~|dar_de_baja|darme_de_baja_de|den_de_baja|de_baja|baja_de|acabar_con|finalizar~|cerrar~|cierren~ MY|de_mi|de_la|toda_mi|todas_mis|la? SUB
		WANT|CAN|deseo|como|para cancelar~|cancelo|dar_de_baja|darme_de_baja
		cancelar~|cancelen~|cancela~ todo|todos|definitivamente|para_siempre
		cada semana|mes|dos|2|3|tres|4|cuatro|5|6|seis|8|ocho|cinco|15|quince|30 semanas|meses|dias?
		frecuencia
		es|tiene|contiene|lleva|trae|son|esta el|la|este|esta? cafe|te|producto organico|organica|cafeina|gluten|azucar|vegano|kosher|descafeinado|fuerte|lactosa
		por_que|porque|xq_me|pq_me me|no|lo|se|esta|tanto
		atencion al? cliente|clientes
		servicio al cliente
		alergia|alergico|alergica
		cafe|te mas fuerte|suave|rico|barato
	`},
}
